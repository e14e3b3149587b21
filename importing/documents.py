"""How lines become documents, rows of the spreadsheet likewise: the page, saved. importing.engine says what a taker is."""

from pathlib import Path
from typing import Any, cast

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from documents.models import DocumentFile, DocumentIssuer, DocumentPage, DocumentRegisterPage, Field, Issuer
from documents.numbers import key_of
from home.lines import LineError
from organisations.folding import fold
from organisations.models import Organisation, User

from . import saving
from .blocks import blocks_of
from .document_line import DocumentLine, document_line
from .files import AttachedFiles
from .outcome import Outcome

FORMS = sorted(DocumentPage.Form.values, key=len, reverse=True)


class DocumentTaker:
    """Documents go into the register of the site. One that the site holds already, by its key, is taken up, not doubled."""

    def __init__(self, organisation: Organisation, folder: Path, user: User | None = None) -> None:
        self.organisation, self.user = organisation, user
        self.files = AttachedFiles(folder, organisation)
        registers = DocumentRegisterPage.objects.child_of(organisation.home_page).values("pk")
        register = DocumentRegisterPage.objects.filter(pk__in=registers).first()
        if register is None:
            raise LineError("trang này chưa có sổ văn bản để nhập vào.")
        self.register = register
        self.fields = {fold(key): pk for pk, *keys in Field.objects.values_list("pk", "name", "slug") for key in keys}

    def take(self, data: dict[str, Any], outcome: Outcome) -> Page:
        line = document_line(data)
        outcome.notes += line.notes
        issuers = [Issuer.objects.named(name) for name in line.issuers]
        page = outcome.page or self._known(line, issuers)
        if page and page.publisher_id != self.organisation.pk:
            outcome.notes.append(f"văn bản này đã có trong sổ của {page.publisher}, dùng bản đó.")
            outcome.result = "unchanged"
            return page
        if page and self._is_left(page, outcome):
            return page
        if page:
            outcome.result = "changed"
            page = saving.to_change(page)
        else:
            page = DocumentPage(live=False, locale=self.register.locale, publisher=self.organisation)
        if line.missing:
            outcome.hold(line.missing)
        self._describe(page, line, issuers, outcome.notes)
        self._save(page, line, outcome)
        return page

    def _is_left(self, page: DocumentPage, outcome: Outcome) -> bool:
        """Whether an import leaves the page to whoever has it in hand; a person is told that they may not edit it now."""
        if self.user is None:
            return outcome.leave(saving.in_hand(page))
        rights = page.permissions_for_user(self.user)
        if not rights.can_edit() or rights.page_locked():
            raise LineError("văn bản này đang chờ duyệt hoặc bị khóa, chưa sửa được.")
        return False

    def _known(self, line: DocumentLine, issuers: list[Issuer]) -> DocumentPage | None:
        """A document with the key of `line`, this site's first; another site's only when it is public."""
        key = key_of(line.number)
        if not key:
            return None
        same = DocumentPage.objects.filter(
            Q(publisher=self.organisation) | Q(live=True),
            is_sample=False,
            number_key=key,
            kind=line.kind,
            first_issuer=issuers[0] if issuers else None,
            issued=line.issued,
        )
        found = same.filter(publisher=self.organisation).first() or same.first()
        return saving.locked(found) if found else None

    def _describe(self, page: DocumentPage, line: DocumentLine, issuers: list[Issuer], notes: list[str]) -> None:
        for name in ("number", "kind", "abstract", "issued", "effective", "is_retroactive", "expires", "source"):
            setattr(page, name, getattr(line, name))
        page.signing_form, page.signer = signer_of(line.signer)
        page.field_id = self._field(line, notes)
        once = dict.fromkeys(issuers)
        page.document_issuers.set([DocumentIssuer(issuer=issuer, sort_order=n) for n, issuer in enumerate(once)])
        page.body = cast(Any, blocks_of(line.body, line.abstract, self.files, notes))
        page.files.set(self._files(line, notes))
        if line.relations is not None:
            own = key_of(line.number)
            page.relations.set([row for row in line.relations if not own or key_of(row.target_number) != own])
            if len(page.relations.all()) < len(line.relations):
                notes.append("bỏ quan hệ của văn bản với chính nó.")

    def _field(self, line: DocumentLine, notes: list[str]) -> int | None:
        pk = self.fields.get(fold(line.category)) if line.category else None
        if line.category and pk is None:
            notes.append(f"không có lĩnh vực “{line.category[:100]}”, văn bản được đưa vào không kèm lĩnh vực.")
        return pk

    def _files(self, line: DocumentLine, notes: list[str]) -> list[DocumentFile]:
        files = [(name, self.files.document(name, notes)) for name in line.attachments]
        rows = [
            DocumentFile(file=file, role=role_of(name), sort_order=n) for n, (name, file) in enumerate(files) if file
        ]
        signed = [row for row in rows if row.role == DocumentFile.Role.SIGNED]
        for row in signed[1:]:
            row.role = DocumentFile.Role.ANNEX
        return rows

    def _save(self, page: DocumentPage, line: DocumentLine, outcome: Outcome) -> None:
        past = line.published is not None and line.published <= timezone.now() and not outcome.holds
        if page.pk is None:
            saving.add(self.register, page, line.published if past else None, self.user)
        else:
            saving.change(page, publishes=past, user=self.user)


def signer_of(text: str) -> tuple[str, str]:
    """(form, name) of "KT. Nguyễn Văn A"."""
    for form in FORMS:
        if text.upper().startswith(form.upper()):
            return form, text[len(form) :].strip()[:100]
    return "", text[:100]


def role_of(name: str) -> str:
    """What a file is, by its name, until an editor says otherwise."""
    ending = name.lower().rsplit(".", 1)[-1]
    if ending == "pdf":
        return DocumentFile.Role.SIGNED
    return DocumentFile.Role.WORD if ending in {"doc", "docx", "odt"} else DocumentFile.Role.ANNEX
