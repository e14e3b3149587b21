"""What a line says of a document (docs/import.md), or a row of the spreadsheet: understood or refused."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from documents.bodies import bodies_in
from documents.kinds import Kind
from documents.models import ABSTRACT_LENGTH, Relation
from documents.numbers import MAX_LENGTH, parse, tidy
from home.html import Body
from home.lines import LineError, day_of, moment, shortened, text_of, texts
from home.slugs import vietnamese_slug
from organisations.folding import fold

from .blocks import body_in

KINDS = {fold(str(label)): value for value, label in Kind.choices}
TEXT_FIELDS = (
    "number",
    "document_type",
    "title",
    "body",
    "published",
    "category",
    "source",
    "signer",
    "issued",
    "effective",
    "expires",
)
MOST_RELATIONS = 200


@dataclass(frozen=True)
class DocumentLine:
    """A line that was understood; files still by their names.

    `issuers` is empty where nothing tells who issued it; `relations` is None where the line says nothing of them.
    """

    number: str
    kind: str
    abstract: str
    issuers: list[str]
    issued: datetime.date
    effective: datetime.date | None
    expires: datetime.date | None
    published: datetime.datetime | None
    body: Body
    category: str = ""
    source: str = ""
    signer: str = ""
    relations: list[Relation] | None = None
    attachments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_retroactive(self) -> bool:
        return bool(self.effective and self.effective < self.issued)

    @property
    def missing(self) -> str:
        """What it cannot be public without, as the person who imports reads it; empty for nothing."""
        return "" if self.issuers else "thiếu cơ quan ban hành"


def document_line(data: dict[str, Any]) -> DocumentLine:
    """The line behind an object of the format; raises LineError."""
    fields = {key: text_of(data, key) for key in TEXT_FIELDS}
    notes: list[str] = []
    number = _number(fields["number"], notes)
    published = moment(fields["published"])
    issued, effective, expires = _days(fields, published, notes)
    relations = data.get("relations")
    return DocumentLine(
        number=number,
        kind=_kind(fields["document_type"], number, notes),
        abstract=_abstract(fields["title"], notes),
        issuers=_issuers(data.get("issuer"), number),
        issued=issued,
        effective=effective,
        expires=expires,
        published=published,
        body=body_in(fields["body"]),
        category=fields["category"],
        source=shortened(fields["source"], 200),
        signer=fields["signer"],
        relations=None if relations is None else relations_of(relations, notes),
        attachments=texts(data.get("attachments"), "attachments"),
        notes=notes,
    )


def _number(text: str, notes: list[str]) -> str:
    number: str = tidy(text)
    if len(number) > MAX_LENGTH:
        raise LineError(f"số, ký hiệu dài {len(number)} ký tự, tối đa {MAX_LENGTH}.")
    if number and parse(number) is None:
        notes.append(f"số, ký hiệu “{number}” không theo thể thức nào đã biết, giữ nguyên như trong tệp.")
    return number


def _days(
    fields: dict[str, str], published: datetime.datetime | None, notes: list[str]
) -> tuple[datetime.date, datetime.date | None, datetime.date | None]:
    issued, effective, expires = (day_of(fields[key], key) for key in ("issued", "effective", "expires"))
    if issued is None:
        if published is None:
            raise LineError("thiếu ngày ban hành “issued”.")
        issued = timezone.localtime(published).date()
        notes.append("không có ngày ban hành, lấy ngày đăng.")
    if effective and effective < issued:
        notes.append(f"có hiệu lực từ {effective:%d/%m/%Y}, trước ngày ban hành; đánh dấu là hiệu lực trở về trước.")
    if expires and expires <= (effective or issued):
        raise LineError(f"ngày hết hiệu lực {expires:%d/%m/%Y} không sau ngày có hiệu lực.")
    return issued, effective, expires


def _kind(name: str, number: str, notes: list[str]) -> str:
    known = KINDS.get(fold(name))
    if known:
        return known
    parsed = parse(number)
    kind = parsed.kind if parsed and parsed.kind else Kind.OTHER
    if name:
        notes.append(f"không có loại văn bản “{name[:60]}”, ghi là {kind.label}.")
    return str(kind.value)


def _abstract(text: str, notes: list[str]) -> str:
    abstract = " ".join(text.split())
    if not abstract:
        raise LineError("thiếu trích yếu “title”.")
    if not vietnamese_slug(abstract):
        raise LineError("trích yếu phải có chữ hoặc số, không thể chỉ gồm biểu tượng.")
    if len(abstract) > ABSTRACT_LENGTH:
        notes.append(f"trích yếu dài {len(abstract)} ký tự, cắt còn {ABSTRACT_LENGTH}.")
    return shortened(abstract, ABSTRACT_LENGTH)


def _issuers(value: Any, number: str) -> list[str]:
    names = [name for text in texts(value, "issuer") for name in bodies_in(text)]
    parsed = parse(number)
    names = names or (parsed.issuers if parsed else [])
    return list(dict.fromkeys(shortened(name, 200) for name in names))


def relations_of(rows: Any, notes: list[str]) -> list[Relation]:
    """Unsaved relations of a list of {"kind", "number", "issuer"?, "clause"?, "date"?}; each that cannot be is noted."""
    if not isinstance(rows, list) or len(rows) > MOST_RELATIONS:
        raise LineError(f"“relations” phải là danh sách, nhiều nhất {MOST_RELATIONS} quan hệ.")
    relations: list[Relation] = []
    for row in rows:
        if not isinstance(row, dict):
            raise LineError("mỗi phần tử của “relations” phải là một đối tượng JSON.")
        kind, number = text_of(row, "kind"), tidy(text_of(row, "number"))
        if kind not in Relation.Verb.values:
            notes.append(f"bỏ quan hệ “{kind[:40]}” với {number[:60]}: không có loại quan hệ này.")
        elif not number or len(number) > MAX_LENGTH:
            notes.append(f"bỏ một quan hệ “{kind}”: không có số, ký hiệu hợp lệ.")
        else:
            relations.append(_relation(row, kind, number, len(relations)))
    return relations


def _relation(row: dict[str, Any], kind: str, number: str, order: int) -> Relation:
    return Relation(
        kind=kind,
        target_number=number,
        target_issuer=text_of(row, "issuer")[:200],
        clause=text_of(row, "clause")[:200],
        date=day_of(text_of(row, "date"), "date"),
        sort_order=order,
    )
