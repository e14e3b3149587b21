"""How documents of another system become documents here (importing.engine), and rows of a spreadsheet likewise."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date

from documents.bodies import bodies_in
from documents.kinds import Kind
from documents.models import (
    ABSTRACT_LENGTH,
    DocumentFile,
    DocumentIssuer,
    DocumentPage,
    DocumentRegisterPage,
    Field,
    Issuer,
    Relation,
)
from documents.numbers import MAX_LENGTH, key_of, parse, tidy
from home.html import TooDeepError, body_of
from home.lines import LineError, moment, shortened, text_of, texts
from home.live import add_live
from home.slugs import vietnamese_slug
from organisations.folding import fold

from .files import AttachedFiles

KINDS = {fold(str(label)): value for value, label in Kind.choices}
FORMS = sorted(DocumentPage.Form.values, key=len, reverse=True)
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


@dataclass
class Item:
    """A line that was understood. `relations` is None where the line says nothing of them."""

    number: str
    kind: str
    abstract: str
    issuers: list
    issued: datetime.date
    effective: datetime.date | None
    expires: datetime.date | None
    published: datetime.datetime | None
    body: object
    category: str = ""
    source: str = ""
    signer: str = ""
    relations: list | None = None
    attachments: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def is_retroactive(self):
        return bool(self.effective and self.effective < self.issued)


def item_of(data):
    """The item of a line's object; raises LineError."""
    fields = {key: text_of(data, key) for key in TEXT_FIELDS}
    notes = []
    number = tidy(fields["number"])
    if len(number) > MAX_LENGTH:
        raise LineError(f"số, ký hiệu dài {len(number)} ký tự, tối đa {MAX_LENGTH}.")
    if number and parse(number) is None:
        notes.append(f"số, ký hiệu “{number}” không theo thể thức nào đã biết, giữ nguyên như trong tệp.")
    published = moment(fields["published"])
    issued, effective, expires = _days(fields, published, notes)
    try:
        body = body_of(fields["body"])
    except TooDeepError as error:
        raise LineError("nội dung lồng quá nhiều lớp hoặc bảng quá lớn.") from error
    relations = data.get("relations")
    return Item(
        number=number,
        kind=_kind(fields["document_type"], number, notes),
        abstract=_abstract(fields["title"], notes),
        issuers=_issuers(data.get("issuer"), number),
        issued=issued,
        effective=effective,
        expires=expires,
        published=published,
        body=body,
        category=fields["category"],
        source=shortened(fields["source"], 200),
        signer=fields["signer"],
        relations=None if relations is None else relations_of(relations, notes),
        attachments=texts(data.get("attachments"), "attachments"),
        notes=notes,
    )


def _days(fields, published, notes):
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


def day_of(text, key):
    """The day of an ISO date; None for nothing."""
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not 1945 <= day.year <= 2100:
        raise LineError(f"“{key}”: ngày “{text[:40]}” không hợp lệ (cần dạng 2018-12-31).")
    return day


def _kind(name, number, notes):
    kind = KINDS.get(fold(name))
    if kind:
        return kind
    parsed = parse(number)
    kind = parsed.kind if parsed and parsed.kind else Kind.OTHER
    if name:
        notes.append(f"không có loại văn bản “{name[:60]}”, ghi là {kind.label}.")
    return kind.value


def _abstract(text, notes):
    abstract = " ".join(text.split())
    if not abstract:
        raise LineError("thiếu trích yếu “title”.")
    if not vietnamese_slug(abstract):
        raise LineError("trích yếu phải có chữ hoặc số, không thể chỉ gồm biểu tượng.")
    if len(abstract) > ABSTRACT_LENGTH:
        notes.append(f"trích yếu dài {len(abstract)} ký tự, cắt còn {ABSTRACT_LENGTH}.")
    return shortened(abstract, ABSTRACT_LENGTH)


def _issuers(value, number):
    names = [name for text in texts(value, "issuer") for name in bodies_in(text)]
    parsed = parse(number)
    names = names or (parsed.issuers if parsed else [])
    if not names:
        raise LineError("thiếu cơ quan ban hành “issuer”.")
    return [shortened(name, 200) for name in names]


def relations_of(rows, notes):
    """Unsaved relations of a list of {"kind", "number", "issuer"?, "clause"?, "date"?}; each that cannot be is noted."""
    if not isinstance(rows, list) or len(rows) > MOST_RELATIONS:
        raise LineError(f"“relations” phải là danh sách, nhiều nhất {MOST_RELATIONS} quan hệ.")
    relations = []
    for row in rows:
        if not isinstance(row, dict):
            raise LineError("mỗi phần tử của “relations” phải là một đối tượng JSON.")
        kind, number = text_of(row, "kind"), tidy(text_of(row, "number"))
        if kind not in Relation.Verb.values:
            notes.append(f"bỏ quan hệ “{kind[:40]}” với {number[:60]}: không có loại quan hệ này.")
        elif not number or len(number) > MAX_LENGTH:
            notes.append(f"bỏ một quan hệ “{kind}”: không có số, ký hiệu hợp lệ.")
        else:
            relations.append(
                Relation(
                    kind=kind,
                    target_number=number,
                    target_issuer=text_of(row, "issuer")[:200],
                    clause=text_of(row, "clause")[:200],
                    date=day_of(text_of(row, "date"), "date"),
                    sort_order=len(relations),
                )
            )
    return relations


class DocumentTaker:
    """Documents go into the register of the site. One that the site holds already, by its key, is taken up, not doubled."""

    def __init__(self, organisation, folder, user=None):
        self.organisation, self.user = organisation, user
        self.files = AttachedFiles(folder, organisation)
        self.register = DocumentRegisterPage.objects.filter(pk__in=_registers_of(organisation)).first()
        if self.register is None:
            raise LineError("trang này chưa có sổ văn bản để nhập vào.")
        self.fields = {fold(key): pk for pk, *keys in Field.objects.values_list("pk", "name", "slug") for key in keys}

    def take(self, data, outcome):
        return self.take_item(item_of(data), outcome)

    def take_item(self, item, outcome):
        outcome.notes += item.notes
        issuers = [Issuer.objects.named(name) for name in item.issuers]
        page = outcome.page or self._known(item, issuers[0])
        if page and page.publisher_id != self.organisation.pk:
            outcome.notes.append(f"văn bản này đã có trong sổ của {page.publisher}, dùng bản đó.")
            outcome.result = "unchanged"
            return page
        if page and self.user and not self._may_edit(page):
            raise LineError("văn bản này đang chờ duyệt hoặc bị khóa, chưa sửa được.")
        if page:
            outcome.result = "changed"
            page = page.get_latest_revision_as_object()
        else:
            page = DocumentPage(live=False, locale=self.register.locale, publisher=self.organisation)
        self._describe(page, item, issuers, outcome)
        return self._save(page, item)

    def _may_edit(self, page):
        rights = page.permissions_for_user(self.user)
        return rights.can_edit() and not rights.page_locked()

    def _known(self, item, issuer):
        """A document with the key of `item`, this site's first; another site's only when it is public."""
        key = key_of(item.number)
        if not key:
            return None
        same = DocumentPage.objects.filter(
            Q(publisher=self.organisation) | Q(live=True),
            is_sample=False,
            number_key=key,
            kind=item.kind,
            first_issuer=issuer,
            issued=item.issued,
        )
        own = same.filter(publisher=self.organisation).first()
        return own or same.select_related("publisher").first()

    def _describe(self, page, item, issuers, outcome):
        for name in ("number", "kind", "abstract", "issued", "effective", "is_retroactive", "expires", "source"):
            setattr(page, name, getattr(item, name))
        page.signing_form, page.signer = signer_of(item.signer)
        page.field_id = self._field(item, outcome)
        page.document_issuers = [DocumentIssuer(issuer=issuer, sort_order=n) for n, issuer in enumerate(issuers)]
        page.body = self._blocks(item, outcome)
        page.files = self._files(item, outcome)
        if item.relations is not None:
            own = key_of(item.number)
            page.relations = [row for row in item.relations if not own or key_of(row.target_number) != own]
            if len(page.relations.all()) < len(item.relations):
                outcome.notes.append("bỏ quan hệ của văn bản với chính nó.")

    def _field(self, item, outcome):
        pk = self.fields.get(fold(item.category)) if item.category else None
        if item.category and pk is None:
            outcome.notes.append(f"không có lĩnh vực “{item.category[:100]}”, văn bản được đưa vào không kèm lĩnh vực.")
        return pk

    def _blocks(self, item, outcome):
        blocks = [{"type": kind, "value": value} for kind, value in item.body.blocks if kind != "image"]
        if len(blocks) < len(item.body.blocks):
            outcome.notes.append("bỏ ảnh trong toàn văn.")
        return blocks

    def _files(self, item, outcome):
        files = [(name, self.files.document(name, outcome.notes)) for name in item.attachments]
        rows = [
            DocumentFile(file=file, role=role_of(name), sort_order=n) for n, (name, file) in enumerate(files) if file
        ]
        signed = [row for row in rows if row.role == DocumentFile.Role.SIGNED]
        for row in signed[1:]:
            row.role = DocumentFile.Role.ANNEX
        return rows

    def _save(self, page, item):
        past = item.published is not None and item.published <= timezone.now()
        if page.pk is None and past:
            add_live(self.register, page, item.published)
        elif page.pk is None:
            page.owner = self.user
            self.register.add_child(instance=page)
            page.save_revision(user=self.user, clean=False)
        else:
            revision = page.save_revision(user=self.user)
            # Taken down here since: the new text waits as a draft, the decision stands.
            if past and page.live:
                revision.publish(skip_permission_checks=True)
        return page


def _registers_of(organisation):
    return DocumentRegisterPage.objects.child_of(organisation.home_page).values("pk")


def signer_of(text):
    """(form, name) of "KT. Nguyễn Văn A"."""
    for form in FORMS:
        if text.upper().startswith(form.upper()):
            return form, text[len(form) :].strip()[:100]
    return "", text[:100]


def role_of(name):
    """What a file is, by its name, until an editor says otherwise."""
    ending = name.lower().rsplit(".", 1)[-1]
    if ending == "pdf":
        return DocumentFile.Role.SIGNED
    return DocumentFile.Role.WORD if ending in {"doc", "docx", "odt"} else DocumentFile.Role.ANNEX
