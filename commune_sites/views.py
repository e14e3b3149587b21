"""Screens of the sites: the table of all, opening one or many, and opening one to its readers."""

from dataclasses import asdict
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.auth import require_admin_access
from wagtail.models import Site

from home.admin.reports import Day, Fact, Figure, Name, ReportScreen, choice
from home.spreadsheets import CSV, csv_lines
from home.tables import MOST_ERRORS
from organisations.admin_screen import AdminScreen
from organisations.generic import FormView
from organisations.grants import is_operator, memberships_of
from organisations.models import Organisation, Role, User
from organisations.querysets import OrganisationQuerySet
from organisations.signed_in import SignedInRequest

from . import overview, readiness, workbook
from .changes import host_of
from .forms import FeaturesForm, OrderForm, OrdersForm
from .models import SiteOrders
from .provisioning import Order, provision

SomeForm = TypeVar("SomeForm", bound=forms.Form)
OVERSEERS = {Role.BOARD, Role.SECRETARY, Role.OPERATOR}


def may_oversee(user: User) -> bool:
    """Whether the person looks after all sites."""
    return is_operator(user) or any(m.role in OVERSEERS for m in memberships_of(user))


class SitesScreen(AdminScreen):
    """A screen about sites, for operators."""

    header_icon = "site"
    above = [("sites:list", gettext_lazy("Các trang thành phần"))]

    def may(self, user: User) -> bool:
        return is_operator(user)


class SiteName(Name):
    """To the screen about the site for operators, to its pages for others and for the province's own."""

    def get_link_url(self, instance: overview.SiteStanding, parent_context: dict[str, Any]) -> str:
        organisation = instance.organisation
        if is_operator(parent_context["request"].user) and not organisation.is_province:
            return reverse("sites:site", args=[organisation.pk])
        return reverse("wagtailadmin_explore", args=[organisation.home_page_id])


class SitesView(ReportScreen):
    """Every site with what tells how it is doing; sorted by any column."""

    results_template_name = "commune_sites/admin/sites.html"
    page_title = gettext_lazy("Các trang thành phần")
    header_icon = "site"
    index_url_name = "sites:list"
    index_results_url_name = "sites:list_results"
    columns = [
        SiteName(
            "organisation",
            label=gettext_lazy("Đơn vị"),
            accessor="organisation.name",
            below=lambda site: site.hostname,
            sort_key="ten",
        ),
        Fact("state_label", label=gettext_lazy("Trạng thái"), sort_key="trang-thai"),
        Day("last", label=gettext_lazy("Tin cuối"), sort_key="bai-cuoi"),
        Figure("this_month", label=gettext_lazy("Tháng này"), sort_key="thang-nay"),
        Figure("waiting", label=gettext_lazy("Chờ duyệt"), sort_key="cho-duyet"),
        Figure("missing", label=gettext_lazy("Mục bắt buộc còn thiếu"), sort_key="con-thieu"),
        Figure("people", label=gettext_lazy("Người"), sort_key="nguoi"),
    ]
    default_ordering = "ten"

    def may(self, user: User) -> bool:
        return may_oversee(user)

    @property
    def organisations(self) -> OrganisationQuerySet:
        """Who oversees, oversees all; the choice is among kinds and states."""
        return Organisation.objects.none()

    def choices(self) -> dict[str, Any]:
        kinds, states = Organisation.Kind.choices, overview.STATES.items()
        return {"loai": choice(_("Loại"), kinds), "trang-thai": choice(_("Trạng thái"), states)}

    def get_filtered_queryset(self) -> list[overview.SiteStanding]:
        kind, state = self.asked("loai"), self.asked("trang-thai")
        return [
            site
            for site in overview.sites(self.ordering.lstrip("-"), self.ordering.startswith("-"))
            if (not kind or site.organisation.kind == kind) and (not state or site.state == state)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_open=is_operator(self.request.user), **kwargs)


class FirstDayView(AdminScreen, TemplateView):
    """What a new manager does first, with the way to each screen."""

    template_name = "commune_sites/admin/first_day.html"
    header_icon = "help"

    def get_page_title(self) -> str:
        return _("Ngày đầu quản trị trang")

    def may(self, user: User) -> bool:
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = [m.organisation for m in memberships_of(self.request.user) if m.role == Role.MANAGER]
        site = Site.objects.filter(root_page=held[0].home_page_id).first() if held else None
        return super().get_context_data(organisation=held[0] if held else None, site=site, **kwargs)


class OneSiteScreen(SitesScreen, FormView[SomeForm]):
    """A form about the component site that the address names."""

    @cached_property
    def organisation(self) -> Organisation:
        components = Organisation.objects.components().select_related("home_page", "parent")
        return get_object_or_404(components, pk=self.kwargs["organisation_id"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"organisation": self.organisation}


class SiteView(OneSiteScreen[FeaturesForm]):
    """One site: what it has, its parts that can be switched, and what has been or will be changed about it."""

    template_name = "commune_sites/admin/site.html"
    form_class = FeaturesForm

    def get_page_title(self) -> str:
        return self.organisation.name

    def form_valid(self, form: FeaturesForm) -> HttpResponse:
        if form.changed:
            names = ", ".join(map(str, form.changed))
            messages.success(self.request, _("Đã bật hoặc tắt: %(names)s.") % {"names": names})
        return redirect("sites:site", self.organisation.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "organisation": self.organisation,
            "hostname": host_of(self.organisation),
            "former_names": self.organisation.former_names.all(),
            "former_hosts": self.organisation.former_hosts.all(),
            "successors": self.organisation.successors.all(),
            "predecessors": self.organisation.predecessors.all(),
            "changes": self.organisation.changes.all(),
            "is_held": readiness.is_holding(self.organisation),
            "items": readiness.checklist(self.organisation),
        }


class OpenSiteView(SitesScreen, FormView[OrderForm]):
    """One site by a form."""

    template_name = "commune_sites/admin/open_site.html"
    form_class = OrderForm

    def get_page_title(self) -> str:
        return _("Mở một trang")

    def form_valid(self, form: OrderForm) -> HttpResponse:
        try:
            organisation, _made = provision(form.order(), by=self.request.user)
        except ValidationError as error:  # somebody was faster
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(
            self.request, _("Đã mở trang của %(name)s. Bạn đọc thấy trang chờ.") % {"name": organisation.name}
        )
        return redirect("sites:list")


class OpenSitesView(SitesScreen, FormView[OrdersForm]):
    """Many sites by a spreadsheet; none is opened before every line is in order."""

    template_name = "commune_sites/admin/open_sites.html"
    form_class = OrdersForm

    def get_page_title(self) -> str:
        return _("Mở nhiều trang từ bảng tính")

    def form_valid(self, form: OrdersForm) -> HttpResponse:
        lines = [asdict(order) for order in form.orders]
        name = form.cleaned_data["file"].name[:200]
        orders = SiteOrders.objects.create(user=self.request.user, name=name, lines=lines)
        return redirect("sites:progress", orders.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        errors = context["form"].line_errors
        return context | {
            "line_errors": errors[:MOST_ERRORS],
            "more_errors": max(len(errors) - MOST_ERRORS, 0),
            "batches": SiteOrders.objects.select_related("user").defer("lines")[:20],
        }


class OrdersProgressView(SitesScreen, TemplateView):
    """How far a spreadsheet of orders is; each POST opens what a few seconds allow, each site whole."""

    template_name = "commune_sites/admin/orders_progress.html"

    def get_page_title(self) -> str:
        return get_object_or_404(SiteOrders, pk=self.kwargs["orders_id"]).name

    def post(self, request: SignedInRequest, orders_id: int) -> HttpResponse:
        with transaction.atomic():
            orders = get_object_or_404(SiteOrders.objects.select_for_update(), pk=orders_id)
            open_next(orders, request.user)
        return redirect("sites:progress", orders_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        orders = get_object_or_404(SiteOrders, pk=self.kwargs["orders_id"])
        return super().get_context_data(**kwargs) | {
            "orders": orders,
            "media": forms.Media(js=["home/goes-on.js"] if orders.goes_on else []),
        }


def open_next(orders: SiteOrders, user: User) -> None:
    """Open the next sites of `orders`, each whole."""

    def open_one(line: dict[str, Any]) -> None:
        order = Order(**line)
        try:
            provision(order, by=user)
        except ValidationError as error:
            orders.errors.append([order.name, " ".join(error.messages)])

    orders.take_next(open_one)


@require_admin_access
def template_file(request: SignedInRequest) -> HttpResponse:
    """The columns to fill in, as CSV that spreadsheets open."""
    if not is_operator(request.user):
        raise PermissionDenied
    example = ["Xã", "Xã Bình Minh", "xa-binhminh", "", "", "binhminh@quangngai.gov.vn"]
    response = HttpResponse("".join(csv_lines(list(workbook.COLUMNS), [example])), content_type=CSV)
    response.headers["Content-Disposition"] = 'attachment; filename="mau-mo-trang.csv"'
    return response


@require_POST
@require_admin_access
def open_to_readers(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    """The manager's button: away with the holding page, when nothing is missing."""
    organisation = get_object_or_404(managed_by(request.user), pk=organisation_id)
    missing = readiness.open_to_readers(organisation)
    if missing:
        names = "; ".join(str(item.label) for item in missing)
        messages.error(request, _("Chưa mở được, còn thiếu: %(names)s.") % {"names": names})
    else:
        messages.success(request, _("Trang của %(name)s đã mở cho bạn đọc.") % {"name": organisation.name})
    return redirect("wagtailadmin_home")


def managed_by(user: User) -> OrganisationQuerySet:
    """Organisations whose site the person may open to readers."""
    if is_operator(user):
        return Organisation.objects.components()
    held = [m.organisation_id for m in memberships_of(user) if m.role == Role.MANAGER]
    return Organisation.objects.components().filter(pk__in=held)
