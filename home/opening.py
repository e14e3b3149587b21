"""Opening sites: tree, hostname, collection, settings, in one transaction each; the same again changes nothing."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from wagtail.models import Collection, GroupApprovalTask, Locale, Page, Site, Workflow

from commune_sites.models import AnnualFigure, Organisation
from editorial.workflows import COMPONENT, ENGLISH, HOME, assign_workflow

from .annex import read_annex
from .models import OrganisationGroupPage, OrganisationHomePage, ProvinceHomePage, SiteSettings, StandardPage
from .registry import run_opening_steps

DATA = Path(__file__).resolve().parent.parent / "commune_sites" / "data"
PROVINCE = "Cổng thông tin điện tử tỉnh Quảng Ngãi"
GROUPS = {
    Organisation.Kind.AGENCY: "Các sở, ban, ngành",
    Organisation.Kind.DISTRICT: "Các huyện, thành phố",
    Organisation.Kind.COMMUNE: "Các xã, phường, đặc khu",
}
# NĐ 43/2011/NĐ-CP, article 10: what every site says about itself, whatever its kind.
STARTER_PAGES = ["Giới thiệu", "Cơ cấu tổ chức", "Liên hệ"]


def annex_rows():
    """The rows of the 2018 annex, in its order; an empty figure is None ("Không báo cáo")."""
    return read_annex(DATA / "organisations-2018.csv")


@transaction.atomic
def open_province(row, order):
    """The province's home page in both languages, on the bare domain."""
    root, vietnamese = Page.objects.get(depth=1), Locale.objects.get(language_code="vi")
    home = ProvinceHomePage.objects.filter(locale=vietnamese).first()
    if home is None:
        home = root.add_child(instance=ProvinceHomePage(title=PROVINCE, slug="quangngai", locale=vietnamese))
        _take_over_default_site(home)
    assign_workflow(HOME, home)
    assign_workflow(ENGLISH, _open_english(home))
    return _describe(row, order, home, settings.PORTAL_DOMAIN, is_default=True)


def _take_over_default_site(home):
    """The first migrate leaves a welcome page as the default site and a workflow; the province takes their place."""
    for site in Site.objects.filter(is_default_site=True):
        welcome = site.root_page
        site.delete()
        welcome.delete()
    # Wagtail's own workflow asks groups, which the portal does not have.
    Workflow.objects.filter(workflow_tasks__task__in=GroupApprovalTask.objects.all()).delete()
    GroupApprovalTask.objects.all().delete()
    home.refresh_from_db()


def _open_english(home):
    english, _ = Locale.objects.get_or_create(language_code="en")
    translation = home.get_translation_or_none(english)
    if translation is None:
        translation = home.copy_for_translation(english)
        translation.title = "Quảng Ngãi Province Web Portal"
        translation.slug = "quangngai-en"
        translation.save_revision().publish()
    return translation


@transaction.atomic
def open_component(row, order):
    """One agency's, district's or commune's site on `<code>.<domain>`."""
    home = OrganisationHomePage.objects.filter(slug=row["code"]).first()
    if home is None:
        group = _group(row["kind"])
        home = group.add_child(instance=OrganisationHomePage(title=row["name"], slug=row["code"], locale=group.locale))
    return _describe(row, order, home, f"{row['code']}.{settings.PORTAL_DOMAIN}")


def _group(kind):
    group = OrganisationGroupPage.objects.filter(kind=kind).first()
    if group:
        return group
    root, vietnamese = Page.objects.get(depth=1), Locale.objects.get(language_code="vi")
    group = root.add_child(
        instance=OrganisationGroupPage(title=GROUPS[kind], slug=f"nhom-{kind}", kind=kind, locale=vietnamese)
    )
    assign_workflow(COMPONENT, group)
    return group


def _describe(row, order, home, hostname, is_default=False):
    site, _ = Site.objects.update_or_create(
        root_page=home,
        defaults={
            "hostname": hostname,
            "port": 443 if settings.HTTPS else settings.PORT,
            "site_name": home.title,
            "is_default_site": is_default,
        },
    )
    organisation = Organisation.objects.filter(code=row["code"]).first()
    if organisation is None:
        organisation = _record(row, order, home)
    run_opening_steps(organisation, home)
    SiteSettings.objects.get_or_create(site=site, defaults={"official_name": home.title})
    AnnualFigure.objects.update_or_create(
        organisation=organisation,
        year=2018,
        defaults={"items": row["items_2018"], "online_dossiers": row["online_dossiers_2018"]},
    )
    return organisation


def _record(row, order, home):
    collection = Collection.objects.get(depth=1).add_child(instance=Collection(name=row["name"]))
    for title in STARTER_PAGES:
        home.add_child(instance=StandardPage(title=title, show_in_menus=True, locale=home.locale))
    return Organisation.objects.create(
        name=row["name"],
        short_name=row["name"],
        code=row["code"],
        kind=row["kind"],
        order=order,
        parent=Organisation.objects.filter(kind=Organisation.Kind.PROVINCE).first(),
        home_page=home.page_ptr,
        collection=collection,
    )
