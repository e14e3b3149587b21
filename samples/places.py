"""Who and where: the words an article of an organisation is filled with. Knows codes and names, no database."""

import csv
import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .grammar import Topic, load_words

UNITS = Path(__file__).resolve().parents[1] / "commune_sites" / "data" / "units-2019.csv"
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Commune:
    district: str  # name without type
    name: str
    type: str

    @property
    def label(self) -> str:
        return f"{self.type.lower()} {self.name}"

    @property
    def is_rural(self) -> bool:
        return self.type == "Xã"


@dataclass(frozen=True)
class Body:
    """An organisation as far as texts speak of it."""

    code: str
    name: str
    kind: str  # province, agency, district

    @property
    def bare_name(self) -> str:
        """A district's name without its type."""
        return self.name.removeprefix("Huyện ").removeprefix("Thành phố ")

    @property
    def label(self) -> str:
        return self.name[:1].lower() + self.name[1:]


class Gazetteer:
    """Districts, their communes and the groups topics speak of."""

    def __init__(self, bodies: Sequence[Body]) -> None:
        self.bodies = {body.code: body for body in bodies}
        self.districts = {body.code: body for body in bodies if body.kind == "district"}
        self.communes = _communes()
        words = load_words("districts.txt")
        self.coast = set(words.pop("xa-ven-bien"))
        self.people = {key.removeprefix("dan-toc "): value[0] for key, value in words.items() if " " in key}
        self.groups = {key: value[0].split() for key, value in words.items() if " " not in key}
        self.styles = load_words("bodies.txt")

    def writers_of(self, topic: Topic) -> set[str]:
        """Codes of the organisations that write about `topic`; "tinh" is the province itself."""
        codes: set[str] = set()
        for place in topic.places:
            codes |= self._codes(place)
        return codes

    def _codes(self, place: str) -> set[str]:
        if place == "tinh":
            return {code for code, body in self.bodies.items() if body.kind == "province"}
        kinds = {"so": {"agency"}, "huyen": {"district"}, "tat-ca": {"agency", "district", "province"}}
        if place in kinds:
            return {code for code, body in self.bodies.items() if body.kind in kinds[place]}
        return {code for code in self.groups.get(place, [place]) if code in self.bodies}

    def districts_of(self, topic: Topic) -> list[str]:
        """The districts `topic` happens in: those it names, else all; sorted, since sets have no order to rely on."""
        named = {code for place in topic.places if place != "tat-ca" for code in self._codes(place)}
        return sorted(named & set(self.districts)) or sorted(self.districts)

    def commune_of(self, district: Body, kind: str, rng: random.Random) -> Commune | None:
        """A commune of the district, of the `kind` a topic asks for; None where no list names one."""
        here = self.communes.get(district.bare_name, [])
        wanted = [commune for commune in here if self._fits(commune, kind)]
        return rng.choice(wanted or here) if here else None

    def _fits(self, commune: Commune, kind: str) -> bool:
        if kind == "ven-bien":
            return commune.name in self.coast
        return commune.is_rural or kind != "nong-thon"


def _communes() -> dict[str, list[Commune]]:
    by_district: dict[str, list[Commune]] = {}
    with UNITS.open(encoding="utf-8") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            commune = Commune(row["district"], row["name"], row["type"])
            by_district.setdefault(commune.district, []).append(commune)
    return by_district


def organisation_words(gazetteer: Gazetteer, body: Body) -> dict[str, str]:
    """How texts call `body` and who leads it."""
    if body.kind == "district":
        office = f"UBND {body.label}"
        return {
            "don_vi": office,
            "thu_truong": f"Chủ tịch {office}",
            "lanh_dao": f"lãnh đạo {office}",
            "dang_bo": f"Đảng bộ {body.label}",
            "cong_doan": f"Công đoàn cơ quan {office}",
        }
    name, *head = gazetteer.styles.get(body.code, [body.name])
    return {
        "don_vi": name,
        "thu_truong": head[0] if head else f"Giám đốc {name}",
        "lanh_dao": f"lãnh đạo {name}",
        "dang_bo": f"Đảng bộ {name}",
        "cong_doan": f"Công đoàn {name}",
    }


def place_words(
    gazetteer: Gazetteer, topic: Topic, body: Body, rng: random.Random
) -> tuple[dict[str, str], dict[str, str]]:
    """Where it happens. Gives (words of title and lead, words of the body): away from home a commune is given its district."""
    if body.kind == "district":
        district = body
    elif gazetteer.districts:
        district = gazetteer.districts[rng.choice(gazetteer.districts_of(topic))]
    else:
        district = Body("", "Tỉnh Quảng Ngãi", "district")
    commune = gazetteer.commune_of(district, topic.communes, rng)
    short = commune.label if commune else district.label
    village = rng.choice(["thôn 1", "thôn 2", "thôn 3", "thôn Đông", "thôn Tây", "thôn Trung"])
    if commune and not commune.is_rural:
        village = f"tổ dân phố số {rng.randint(1, 9)}"
    city = district.name.startswith("Thành phố")
    words = {
        "huyen": district.label,
        "huyen_nui": district.label,
        "ten": f"TP. {district.bare_name}" if city else district.bare_name,
        "xa": short,
        "thon": village,
        "dan_toc": gazetteer.people.get(district.code, "Hrê"),
    }
    if gazetteer.groups.get("mien-nui") and district.code not in gazetteer.groups["mien-nui"]:
        mountain = [code for code in gazetteer.groups["mien-nui"] if code in gazetteer.districts]
        words["huyen_nui"] = gazetteer.districts[rng.choice(mountain)].label if mountain else district.label
    away = commune is not None and body.kind != "district"
    return words | ({"xa": f"{short} ({words['ten']})"} if away else {}), words


def date_words(published: datetime.date, rng: random.Random) -> tuple[dict[str, str], datetime.date]:
    """When it happened, around the day it was published; and the day itself."""
    event = published - datetime.timedelta(days=rng.choice([0, 0, 0, 1, 1, 2]))
    if event.year != published.year:
        event = published
    later = published + datetime.timedelta(days=rng.randint(5, 20))
    following = event.month % 12 + 1
    words = {
        "ngay": f"ngày {event.day}/{event.month}",
        "ngay_du": f"{event.day}/{event.month}/{event.year}",
        "ngay_sau": f"ngày {later.day}/{later.month}",
        "thang": f"tháng {event.month}",
        "thang_sau": f"tháng {following}" if following > 1 else f"tháng 1/{event.year + 1}",
        "quy": f"quý {ROMAN[(event.month - 1) // 3]}",
        "nam": str(event.year),
        "nam_sau": str(event.year + 1),
        "tuan": str(event.isocalendar().week),
    }
    return words, event
