"""Screens of changes: closing and renaming with a look at what will happen first, the list of all, undoing; taking up a role."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView, ListView
from wagtail.admin.auth import require_admin_access

from organisations import succession
from organisations.grants import is_operator
from organisations.models import Change, Organisation
from organisations.signing_in.again import AsksPassword

from . import changes, preview
from .forms import CloseForm, RenameForm
from .views import OneSiteScreen, SitesScreen

PER_PAGE = 50


class ChangesView(SitesScreen, ListView):
    """What was changed and what is planned; what is planned can be undone."""

    template_name = "commune_sites/admin/changes.html"
    page_title = gettext_lazy("Thay đổi tổ chức")
    paginate_by = PER_PAGE
    page_kwarg = "p"

    def get_queryset(self) -> QuerySet[Change]:
        return Change.objects.select_related("by").prefetch_related("organisations", "successors")


class PreviewedFormView(SitesScreen, AsksPassword, FormView):
    """A form that first shows what it will do, and does it when that is confirmed."""

    def is_dangerous(self, request: HttpRequest) -> bool:
        return request.method == "POST" and "confirm" in request.POST

    def form_valid(self, form: Any) -> HttpResponse:
        if "confirm" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, preview=self.preview(form)))
        try:
            self.carry_out(form)
        except ValidationError as error:  # somebody was faster
            form.add_error(None, error)
            return self.form_invalid(form)
        return redirect("sites:changes")


class CloseView(PreviewedFormView):
    """Close one or several organisations: end, merge, split."""

    template_name = "commune_sites/admin/close_sites.html"
    page_title = gettext_lazy("Kết thúc, sáp nhập, chia tách")
    form_class = CloseForm

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("don-vi", "")
        return {"closing": [int(asked)] if asked.isdecimal() and asked.isascii() and len(asked) < 10 else []}

    def preview(self, form: Any) -> list[tuple[Organisation, list[str]]]:
        data = form.cleaned_data
        return preview.of_closing(data["closing"], list(data["successors"]), data["date"], data["sections"])

    def carry_out(self, form: Any) -> None:
        data = form.cleaned_data
        change = changes.plan_closing(
            data["closing"], data["successors"], data["date"], data["sections"], data["basis"], self.request.user
        )
        tell(self.request, change)


class RenameView(OneSiteScreen, PreviewedFormView):
    """Give an organisation another name, another host or both."""

    template_name = "commune_sites/admin/rename_site.html"
    page_title = gettext_lazy("Đổi tên, đổi tên miền")
    form_class = RenameForm

    def preview(self, form: Any) -> list[tuple[Organisation, list[str]]]:
        data = form.cleaned_data
        return [(self.organisation, preview.of_rename(self.organisation, data["name"], form.hostname, data["date"]))]

    def carry_out(self, form: Any) -> None:
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
def undo_change(request: HttpRequest, change_id: int) -> HttpResponse:
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
def take_up(request: HttpRequest) -> HttpResponse:
    """The person goes on, in the same role, at a successor of the organisation that has closed."""
    wanted = request.POST.get("offer", "")
    for membership, successor in succession.offers_to(request.user):
        if wanted == f"{membership.pk}-{successor.pk}" and succession.move(membership, successor):
            messages.success(request, _("Anh/Chị đã nhận vai trò ở %(name)s.") % {"name": successor.name})
            return redirect("wagtailadmin_home")
    messages.error(request, _("Lời mời này không còn."))
    return redirect("wagtailadmin_home")
