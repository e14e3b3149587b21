"""What the dashboard says to a site's manager: how the site is doing, what it still needs, and where people of a closed one go on."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import PageViewRestriction

from editorial import queue
from organisations.grants import memberships_of
from organisations.models import Membership, Organisation, Role
from organisations.signed_in import SignedInRequest
from organisations.succession import offers_to

from . import readiness
from .overview import activity
from .seams import late_sources
from .views import managed_by

MOST = 3
MOST_STEPS, MOST_PEOPLE = 5, 12
# Decisions that keep an article waiting longer are counted as late on the manager's panel.
LATE_AFTER = timedelta(days=2)


class DashboardPanel(Component):
    """A panel that shows something to the person who asks."""

    def get_context_data(self, parent_context: Context | dict[str, Any] | None = None) -> dict[str, Any]:
        if parent_context is None:
            raise ValueError("A panel is drawn within the dashboard.")
        return self.shown_to(parent_context["request"])

    def shown_to(self, request: SignedInRequest) -> dict[str, Any]:
        """What the panel's template reads."""
        raise NotImplementedError


class SitePanel(DashboardPanel):
    """The sites that the person manages: what waits, what is late, what was published, who works here."""

    name = "own_sites"
    order = 60
    template_name = "commune_sites/admin/site_panel.html"

    def shown_to(self, request: SignedInRequest) -> dict[str, Any]:
        held = [m.organisation for m in memberships_of(request.user) if m.role == Role.MANAGER and not m.is_inherited]
        _last, month = activity() if held else ({}, {})
        return {"sites": [state_of(organisation, month) for organisation in held[:MOST]]}


def state_of(organisation: Organisation, month: Mapping[int, int]) -> dict[str, Any]:
    """What the panel shows of one site; `month` counts items by organisation."""
    steps = queue.waiting().filter(organisation=organisation)
    people = Membership.objects.filter(organisation=organisation, is_active=True).select_related("user")
    late = [source(organisation) for source in late_sources]
    overdue = steps.filter(started_at__lt=timezone.now() - LATE_AFTER).count()
    return {
        "organisation": organisation,
        "waiting": steps.count(),
        "steps": queue.rows(steps)[:MOST_STEPS],
        "late": [one for one in [(_("Chờ duyệt quá hai ngày"), overdue, reverse("editorial:queue")), *late] if one[1]],
        "this_month": month[organisation.pk],
        "people": people.order_by("user__name_sort", "role")[:MOST_PEOPLE],
        "more_people": max(people.count() - MOST_PEOPLE, 0),
    }


class ReadinessPanel(DashboardPanel):
    """What is ready and what is missing, for the manager of a site that readers do not see yet."""

    name = "site_readiness"
    order = 50
    template_name = "commune_sites/admin/readiness_panel.html"

    def shown_to(self, request: SignedInRequest) -> dict[str, Any]:
        held = PageViewRestriction.objects.values("page")
        sites = []
        for organisation in managed_by(request.user).filter(home_page__in=held).select_related("home_page")[:MOST]:
            items = readiness.checklist(organisation)
            sites.append((organisation, items, all(item.is_done for item in items)))
        return {"sites": sites, "request": request}


class OffersPanel(DashboardPanel):
    """Where somebody whose organisation has closed may go on."""

    name = "succession_offers"
    order = 40
    template_name = "commune_sites/admin/offers_panel.html"

    def shown_to(self, request: SignedInRequest) -> dict[str, Any]:
        return {"offers": offers_to(request.user), "request": request}
