"""What a site needs before it is opened to readers (NĐ 43/2011/NĐ-CP, article 10), and opening it."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction, Site

from home.models import SiteSettings, StandardPage
from organisations.models import Organisation

from .seams import readiness_checks


@dataclass(frozen=True)
class Requirement:
    """What a site must have before readers see it; `url` is the screen where it is done."""

    label: str
    is_done: bool
    url: str


def is_holding(organisation: Organisation) -> bool:
    """Whether readers see the holding page."""
    return PageViewRestriction.objects.filter(page=organisation.home_page_id).exists()


def checklist(organisation: Organisation) -> list[Requirement]:
    """The Requirements of the organisation's site."""
    site = Site.objects.get(root_page=organisation.home_page_id)
    chosen = SiteSettings.objects.filter(site=site).first() or SiteSettings(site=site)
    where = reverse("wagtailsettings:edit", args=["home", "sitesettings", site.pk])
    items = [
        Requirement(
            _("Địa chỉ và điện thoại hoặc thư điện tử"),
            bool(chosen.address and (chosen.telephone or chosen.email)),
            where,
        ),
        Requirement(_("Người chịu trách nhiệm chính"), bool(chosen.person_in_charge), where),
        page_requirement(organisation, "gioi-thieu", _("Giới thiệu chức năng, nhiệm vụ")),
        page_requirement(organisation, "co-cau-to-chuc", _("Cơ cấu tổ chức, lãnh đạo")),
    ]
    return items + [Requirement(*check(organisation)) for check in readiness_checks]


def page_requirement(organisation: Organisation, slug: str, label: str) -> Requirement:
    """Done once the page of that slug is public and has a text."""
    page = StandardPage.objects.child_of(organisation.home_page).filter(slug=slug).first()
    if page is None:
        return Requirement(label, False, reverse("wagtailadmin_explore", args=[organisation.home_page_id]))
    return Requirement(
        label, page.live and bool(page.lead or page.body), reverse("wagtailadmin_pages:edit", args=[page.pk])
    )


@transaction.atomic
def open_to_readers(organisation: Organisation) -> list[Requirement]:
    """Take the holding page away; the items that are missing, in which case nothing happens."""
    missing = [item for item in checklist(organisation) if not item.is_done]
    if not missing:
        for restriction in PageViewRestriction.objects.filter(page=organisation.home_page_id):
            restriction.delete()
    return missing
