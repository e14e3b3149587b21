"""The component sites as the public looks them up."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from organisations.models import Organisation

from .context import site_address
from .kept import cached

GROUPS = {
    Organisation.Kind.AGENCY: _("Sở, ban, ngành"),
    Organisation.Kind.DISTRICT: _("Huyện, thành phố"),
    Organisation.Kind.COMMUNE: _("Xã, phường, đặc khu"),
}


def directory_of_sites():
    """Groups in the order agencies, districts, communes, without empty ones; from the cache."""
    return cached(f"directory:{get_language()}", _read_directory)


def _read_directory():
    organisations = (
        Organisation.objects.open().components().only("short_name", "short_en", "kind", "home_page_id", "order")
    )
    sites = {site.root_page_id: site for site in Site.objects.only("hostname", "port", "root_page_id")}
    groups = {kind: {"kind": kind, "title": str(title), "sites": []} for kind, title in GROUPS.items()}
    for organisation in organisations:
        site = sites.get(organisation.home_page_id)
        if site:
            entry = {"name": organisation.called(get_language()), "url": f"{site_address(site)}/"}
            groups[organisation.kind]["sites"].append(entry)
    return [group for group in groups.values() if group["sites"]]
