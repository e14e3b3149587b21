"""The reorganisation of 2025 on real units: counts, the split, what stays, idempotence, what is refused, the figures of 2018."""

import csv
import datetime
import io

import pytest
from django.core.management import CommandError, call_command

from commune_sites import reorganising
from commune_sites.loading import commune_orders, unit_rows
from commune_sites.provisioning import Order, provision
from editorial.workflows import COMPONENT, assign_workflow
from figures.annual import content_report
from organisations.models import AnnualFigure, Change, Organisation
from tests.factories import make_article, make_organisation, make_person, make_section, submit

pytestmark = pytest.mark.django_db
# Communes of 2019 that tell each kind of fate, by name; the districts above them are opened with them.
CHOSEN = ["Trà Bùi", "Trà Tân", "Ba Xa", "Ba Chùa", "An Vĩnh"]
DISTRICTS = {"Trà Bồng": "trabong", "Ba Tơ": "bato", "Lý Sơn": "lyson"}


def run(*args):
    call_command("reorganise", "--from", "2019", "--to", "2025", *args, stdout=(out := io.StringIO()))
    return out.getvalue()


@pytest.fixture
def portal(monkeypatch):
    """Three districts and five communes of 2019; of the units of 2025 only those that they went into."""
    rows_2019 = [row for row in unit_rows(2019) if row["name"] in CHOSEN and row["district"] in DISTRICTS]
    following = reorganising.successors_of_2019()
    wanted = {code for row in rows_2019 for code in following[row["code"]]}
    few = {2019: rows_2019, 2025: [row for row in unit_rows(2025) if row["code"] in wanted or row["name"] == "Kon Tum"]}
    for module in ("commune_sites.loading", "commune_sites.reorganising"):
        monkeypatch.setattr(f"{module}.unit_rows", lambda year: few.get(year) or unit_rows(year))
    make_organisation("quangngai", "Văn phòng UBND tỉnh", "province")
    for name, code in DISTRICTS.items():
        make_organisation(code, f"Huyện {name}", "district")
    for order in commune_orders(2019):
        provision(order, public=True)


def named(name):
    return Organisation.objects.get(name=name)


def names(organisations):
    return sorted(one.name for one in organisations)


def test_data__every_commune_of_2019_goes_into_a_unit_of_2025():
    following = reorganising.successors_of_2019()
    known = {row["code"] for row in unit_rows(2025)}
    assert len(following) == 184
    assert all(into and set(into) <= known for into in following.values())
    split = {row["name"] for row in unit_rows(2024) if ";" in row["new_code_2025"]}
    assert split == {"Trà Bùi"}
    assert sum(row["former_province"] == "Kon Tum" for row in unit_rows(2025)) == 40


def test_steps__of_the_whole_province():
    make_organisation("quangngai", "Văn phòng UBND tỉnh", "province")
    for row in unit_rows(2019):
        name = f"{row['district_type']} {row['district']}"
        if not Organisation.objects.filter(name=name).exists():
            make_organisation(f"h-{row['district_code']}", name, "district")
    home = Organisation.objects.get(code="quangngai")
    Organisation.objects.bulk_create(
        Organisation(
            name=order.name,
            short_name=order.short_name,
            code=order.code,
            kind="commune",
            home_page=make_section(home, order.code).page_ptr,
            collection=home.collection.add_child(name=order.code),
        )
        for order in commune_orders(2019)
    )
    steps = list(reorganising.Plan().steps())
    kinds = [step.kind for step in steps]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "rename": 1,
        "open": 95,
        "merge": 168,
        "split": 1,
        "earlier": 14,
        "district": 14,
    }
    assert all(step.into for step in steps if step.kind != "open")


def test_reorganise__split_merge_rename_and_kon_tum(portal):
    report = run()
    assert "Chia tách: Xã Trà Bùi, huyện Trà Bồng → Xã Cà Đam; Xã Tây Trà Bồng: đã làm" in report
    assert "Mở mới: Phường Kon Tum: đã làm (từ tỉnh Kon Tum cũ)" in report
    assert names(named("Xã Trà Bùi, huyện Trà Bồng").successors.all()) == ["Xã Cà Đam", "Xã Tây Trà Bồng"]
    assert names(named("Xã Trà Tân, huyện Trà Bồng").successors.all()) == ["Xã Cà Đam"]
    assert names(named("Huyện Lý Sơn").successors.all()) == ["Đặc khu Lý Sơn"]
    assert named("Huyện Ba Tơ").valid_to == datetime.date(2025, 6, 30)
    assert named("Xã Cà Đam").valid_from == datetime.date(2025, 7, 1)
    stays = named("Xã Ba Xa")
    assert (stays.code, stays.valid_to, stays.parent.code) == ("baxa-21538", None, "quangngai")
    assert stays.former_names.get().name == "Xã Ba Xa, huyện Ba Tơ"


def test_reorganise__again_changes_nothing(portal):
    run()
    before = (Organisation.objects.count(), Change.objects.count())
    report = run()
    assert "đã làm" not in report
    assert (Organisation.objects.count(), Change.objects.count()) == before


def test_reorganise__goes_on_after_a_stop(portal):
    steps = list(reorganising.Plan().steps())
    for step in steps[: len(steps) // 2]:
        reorganising.run(step)
    report = run()
    assert "bị từ chối" not in report
    assert not Organisation.objects.filter(kind="district", valid_to=None).exists()


def test_dry_run__changes_nothing(portal, tmp_path):
    before = Organisation.objects.count()
    run("--dry-run", "--report", str(tmp_path / "bao-cao.csv"))
    assert Organisation.objects.count() == before
    assert not Change.objects.exists()
    rows = list(csv.reader((tmp_path / "bao-cao.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][0] == "Việc"
    assert ["Chia tách", "Xã Trà Bùi, huyện Trà Bồng", "Xã Cà Đam; Xã Tây Trà Bồng", "sẽ làm"] in [r[:4] for r in rows]


def test_figures_of_2018__stay_what_they_were(portal):
    district = named("Huyện Ba Tơ")
    AnnualFigure.objects.create(organisation=district, year=2018, items=1)
    section = make_section(district, "Thông báo")
    make_article(section, "Tin của huyện", published_at=datetime.datetime(2018, 3, 1, tzinfo=datetime.UTC))
    before = [(row.label, row.number, row.items) for row in content_report(2018)]
    run()
    assert [(row.label, row.number, row.items) for row in content_report(2018)] == before
    now = {row.organisation.name for row in content_report(2026)}
    assert not now & {"Huyện Ba Tơ", "Huyện Trà Bồng"}


def test_past_day_with_open_work__refused_whole(portal):
    district = named("Huyện Ba Tơ")
    section = make_section(district, "Thông báo")
    editor = make_person("bien-tap", district, "editor")
    make_person("duyet", district, "approver")
    assign_workflow(COMPONENT, district.home_page.get_parent())
    submit(make_article(section, "Tin chờ", live=False, owner=editor), editor)
    with pytest.raises(CommandError, match="Huyện Ba Tơ: Ngày đã qua mà còn 1 mục"):
        run()
    assert not Change.objects.exists()
    assert not Organisation.objects.filter(name="Xã Cà Đam").exists()


def test_taken_host__refused_whole(portal):
    provision(Order("agency", "Sở Cà Đam", "socadam", hostname="xa-cadam.localhost"))
    with pytest.raises(CommandError, match="Xã Cà Đam: tên miền “xa-cadam.localhost” đã có trang khác dùng"):
        run()
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("args", "sentence"),
    [(["--date", "hôm qua"], "Ngày “hôm qua” không đúng"), (["--report", "/khong/co/thu/muc.csv"], "Không ghi được")],
)
def test_bad_arguments__one_readable_line(portal, args, sentence):
    with pytest.raises(CommandError, match=sentence):
        run("--dry-run", *args)
