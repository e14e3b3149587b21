"""Screens of the spreadsheet upload: choose, check whole, then take in a part at a time, which may be stopped and gone on with."""

import hashlib
import json
from pathlib import Path
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import CharField, QuerySet
from django.db.models.functions import Length, Substr
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.models import Page

from documents.models import DocumentRegisterPage
from documents.numbers import key_of
from home.spreadsheets import XLSX
from home.tables import MOST_ERRORS, MOST_ROWS
from organisations.admin_screen import AdminScreen
from organisations.generic import FormView
from organisations.grants import is_operator, memberships_of
from organisations.models import Organisation, Role, User
from organisations.signed_in import SignedInRequest

from . import workbook
from .engine import ID_LENGTH, Importer
from .models import DocumentUpload

UPLOADING_ROLES = {Role.EDITOR, Role.MANAGER}
SHOWN = 20


def organisations_of_uploader(user: User) -> QuerySet[Organisation]:
    """Organisations at work into whose register, where it is switched on, the person may bring documents."""
    registers = DocumentRegisterPage.objects.live().annotate(
        home=Substr("path", 1, Length("path") - Page.steplen, output_field=CharField())
    )
    open_registers = Organisation.objects.open().filter(home_page__path__in=registers.values("home"))
    found: QuerySet[Organisation] = open_registers
    if is_operator(user):
        return found
    held = [m.organisation_id for m in memberships_of(user) if m.role in UPLOADING_ROLES and not m.is_inherited]
    return found.filter(pk__in=held)


def may_upload(user: User) -> bool:
    """Whether that is any organisation, without a query."""
    return is_operator(user) or any(m.role in UPLOADING_ROLES for m in memberships_of(user))


class UploadForm(forms.Form):
    """The workbook and where it goes; the file is read here, so that what is wrong with it stands at its field."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Đơn vị"), empty_label=None)
    file = forms.FileField(
        label=gettext_lazy("Bảng tính"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": gettext_lazy("Tệp rỗng (0 byte). Hãy chọn lại tệp.")},
    )
    submits = forms.BooleanField(label=gettext_lazy("Trình duyệt ngay từng văn bản"), required=False)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = organisations
        self.checked = workbook.Checked()

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        self.checked = workbook.check(file)
        if self.checked.errors:
            message = _("%(count)d dòng có lỗi, chưa dòng nào được đưa vào. Hãy sửa trong bảng tính rồi tải lại.")
            raise ValidationError(message % {"count": len(self.checked.errors)})
        return file


class UploadScreen(AdminScreen):
    """A screen for people who may upload somewhere."""

    header_icon = "table"
    page_title = gettext_lazy("Nhập văn bản từ bảng tính")

    @cached_property
    def organisations(self) -> QuerySet[Organisation]:
        return organisations_of_uploader(self.request.user)

    def may(self, user: User) -> bool:
        return self.organisations.exists()

    def uploads(self) -> QuerySet[DocumentUpload]:
        """Everybody's uploads into the organisations the person may bring documents to."""
        return DocumentUpload.objects.filter(organisation__in=self.organisations).select_related("organisation", "user")


class UploadView(UploadScreen, FormView[UploadForm]):
    """Choose a workbook; nothing of it is taken in before every line of it is in order."""

    template_name = "importing/upload.html"
    form_class = UploadForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"organisations": self.organisations}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        upload = DocumentUpload.objects.create(
            organisation=form.cleaned_data["organisation"],
            user=self.request.user,
            name=form.cleaned_data["file"].name[:200],
            submits=form.cleaned_data["submits"],
            lines=form.checked.lines,
            notes=form.checked.notes[:MOST_ERRORS],
        )
        return redirect("importing:upload_progress", upload.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        errors = context["form"].checked.errors
        return context | {
            "line_errors": errors[:MOST_ERRORS],
            "more_errors": max(len(errors) - MOST_ERRORS, 0),
            "uploads": self.uploads().defer("lines", "notes")[:SHOWN],
            "most_rows": MOST_ROWS,
        }


class ProgressView(UploadScreen, TemplateView):
    """How far an upload is; each POST takes in what a few seconds allow."""

    template_name = "importing/upload_progress.html"

    above = [("importing:upload", UploadScreen.page_title)]

    @cached_property
    def upload(self) -> DocumentUpload:
        """Another organisation's upload is not there at all."""
        visible = DocumentUpload.objects.filter(organisation__in=self.organisations)
        return get_object_or_404(visible, pk=self.kwargs["upload_id"])

    def may(self, user: User) -> bool:
        """Who finds it may go on with it."""
        return bool(self.upload)

    def get_page_title(self) -> str:
        return self.upload.name

    def post(self, request: SignedInRequest, upload_id: int) -> HttpResponse:
        with transaction.atomic():
            upload = DocumentUpload.objects.select_for_update().get(pk=self.upload.pk)
            step(upload, request.user)
        if upload.is_over:
            messages.success(request, _("Đã đưa xong bảng “%(name)s” vào sổ văn bản.") % {"name": upload.name})
        return redirect("importing:upload_progress", upload_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        register = self.upload.organisation.home_page.get_children().filter(slug="van-ban").first()
        return super().get_context_data(**kwargs) | {
            "upload": self.upload,
            "register": register,
            "media": forms.Media(js=["home/goes-on.js"] if self.upload.goes_on else []),
        }


class TemplateFileView(UploadScreen, View):
    """The workbook to fill in."""

    def get(self, request: SignedInRequest) -> HttpResponse:
        response = HttpResponse(workbook.template(), content_type=XLSX)
        response.headers["Content-Disposition"] = 'attachment; filename="mau-nhap-van-ban.xlsx"'
        return response


def step(upload: DocumentUpload, user: User) -> None:
    """Take in the next lines of `upload` in the name of `user`."""
    importer = Importer(upload.organisation, Path(), user)

    def take(line: Any) -> None:
        number, data = line
        outcome = importer.take_data(number, data | {"id": _id(data)}, _digest(data))
        result = "failed" if outcome.error else outcome.result
        if outcome.error:
            upload.errors.append([number, outcome.error])
        elif upload.submits and outcome.page and result != "unchanged" and not outcome.holds:
            _submit(outcome.page, user)
        upload.count(result)

    upload.take_next(take)


def _submit(page: Page, user: User) -> None:
    """Hand the draft in, unless it is in somebody's hands already."""
    workflow = page.get_workflow()
    if workflow and not page.workflow_in_progress and page.has_unpublished_changes:
        workflow.start(page, user)


def _id(data: dict[str, Any]) -> str:
    """A row is known again by its document's key; without a number by what it says."""
    key = key_of(data["number"])
    known = f"xlsx:{key}:{data['issued']}:{data['issuer']}"
    return known if key and len(known) <= ID_LENGTH else f"xlsx:{_digest(data)}"


def _digest(data: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
