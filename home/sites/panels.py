"""The dashboard of a site that is being prepared."""

from wagtail.admin.ui.components import Component
from wagtail.models import PageViewRestriction

from commune_sites.succession import offers_to

from . import readiness
from .views import managed_by

MOST = 3


class ReadinessPanel(Component):
    """What is ready and what is missing, for the manager of a site that readers do not see yet."""

    name = "site_readiness"
    order = 50
    template_name = "home/admin/readiness_panel.html"

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        held = PageViewRestriction.objects.values("page")
        sites = []
        for organisation in managed_by(request.user).filter(home_page__in=held).select_related("home_page")[:MOST]:
            items = readiness.checklist(organisation)
            sites.append((organisation, items, all(item.is_done for item in items)))
        return {"sites": sites, "request": request}


class OffersPanel(Component):
    """Where somebody whose organisation has closed may go on."""

    name = "succession_offers"
    order = 40
    template_name = "home/admin/offers_panel.html"

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        return {"offers": offers_to(request.user), "request": request}
