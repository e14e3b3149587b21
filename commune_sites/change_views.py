"""Screens of changes: closing and renaming with a look at what will happen first, the list of all, undoing; taking up a role."""

from typing import Any, TypeAlias

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from organisations import succession
from organisations.generic import FormView, ListView
from organisations.grants import is_operator
from organisations.models import Change, Organisation
from organisations.signed_in import SignedInRequest
from organisations.signing_in.again import AsksPassword

from . import changes, preview
from .forms import CloseForm, RenameForm
from .views import OneSiteScreen, SitesScreen, SomeForm

PER_PAGE = 50
# What will become of each organisation, in sentences.
Preview: TypeAlias = list[tuple[Organisation, list[str]]]


class ChangesView(SitesScreen, ListView[Change]):
    """What was changed and what is planned; what is planned can be undone."""

    template_name = "commune_sites/admin/changes.html"
    paginate_by = PER_PAGE
    page_kwarg = "p"

    def get_page_title(self) -> str:
        return _("Thay đổi tổ chức")

    def get_queryset(self) -> QuerySet[Change]:
        return Change.objects.select_related("by").prefetch_related("organisations", "successors")


class PreviewedFormView(SitesScreen, AsksPassword, FormView[SomeForm]):
    """A form that first shows what it will do, and does it when that is confirmed."""

    def is_dangerous(self, request: HttpRequest) -> bool:
        return request.method == "POST" and "confirm" in request.POST

    def preview(self, form: SomeForm) -> Preview:
        raise NotImplementedError

    def carry_out(self, form: SomeForm) -> None:
        """What was shown; ValidationError where it cannot be done any more."""
        raise NotImplementedError

    def form_valid(self, form: SomeForm) -> HttpResponse:
        if "confirm" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, preview=self.preview(form)))
        try:
            self.carry_out(form)
        except ValidationError as error:  # somebody was faster
            form.add_error(None, error)
            return self.form_invalid(form)
        return redirect("sites:changes")


class CloseView(PreviewedFormView[CloseForm]):
    """Close one or several organisations: end, merge, split."""

    template_name = "commune_sites/admin/close_sites.html"
    form_class = CloseForm

    def get_page_title(self) -> str:
        return _("Kết thúc, sáp nhập, chia tách")

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("don-vi", "")
        return {"closing": [int(asked)] if asked.isdecimal() and asked.isascii() and len(asked) < 10 else []}

    def preview(self, form: CloseForm) -> Preview:
        data = form.cleaned_data
        return preview.of_closing(data["closing"], list(data["successors"]), data["date"], data["sections"])

    def carry_out(self, form: CloseForm) -> None:
        data = form.cleaned_data
        change = changes.plan_closing(
            data["closing"], data["successors"], data["date"], data["sections"], data["basis"], self.request.user
        )
        tell(self.request, change)


class RenameView(OneSiteScreen[RenameForm], PreviewedFormView[RenameForm]):
    """Give an organisation another name, another host or both."""

    template_name = "commune_sites/admin/rename_site.html"
    form_class = RenameForm

    def get_page_title(self) -> str:
        return _("Đổi tên, đổi tên miền")

    def preview(self, form: RenameForm) -> Preview:
        data = form.cleaned_data
        return [(self.organisation, preview.of_rename(self.organisation, data["name"], form.hostname, data["date"]))]

    def carry_out(self, form: RenameForm) -> None:
        data = form.cleaned_data
        change = changes.plan_rename(
            self.organisation,
            data["name"],
            data["short_name"],
            form.hostname,
            data["date"],
            data["basis"],
            self.request.user,
        )
        tell(self.request, change)


def tell(request: HttpRequest, change: Change) -> None:
    """Whether it is done already, or can still be undone."""
    if change.can_be_undone:
        known = {"date": f"{change.date:%d/%m/%Y}"}
        messages.success(request, _("Đã lập kế hoạch, có hiệu lực từ ngày %(date)s; trước ngày đó hủy được.") % known)
    else:
        messages.success(request, _("Đã thực hiện."))


@require_POST
@require_admin_access
def undo_change(request: SignedInRequest, change_id: int) -> HttpResponse:
    """Take a planned change back."""
    if not is_operator(request.user):
        raise Http404
    change = get_object_or_404(Change, pk=change_id)
    try:
        changes.undo(change)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Đã hủy kế hoạch."))
    return redirect("sites:changes")


@require_POST
@require_admin_access
def take_up(request: SignedInRequest) -> HttpResponse:
    """The person goes on, in the same role, at a successor of the organisation that has closed."""
    wanted = request.POST.get("offer", "")
    for membership, successor in succession.offers_to(request.user):
        if wanted == f"{membership.pk}-{successor.pk}" and succession.move(membership, successor):
            messages.success(request, _("Anh/Chị đã nhận vai trò ở %(name)s.") % {"name": successor.name})
            return redirect("wagtailadmin_home")
    messages.error(request, _("Lời mời này không còn."))
    return redirect("wagtailadmin_home")
