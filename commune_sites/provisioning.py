"""Opening a site: what an order must satisfy, and the tree, host, collection, settings and invitation made in one transaction."""

import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site

from editorial.workflows import COMPONENT, assign_workflow
from home.fields import substituted
from home.models import OrganisationGroupPage, OrganisationHomePage, SiteSettings, StandardPage
from organisations.models import HOST_LABEL, FormerHost, Membership, Organisation, Role, User
from organisations.people import invite, send_invitation

from .seams import run_opening_steps, run_starter_steps

GROUPS: dict[str, str] = {
    Organisation.Kind.AGENCY: "Các sở, ban, ngành",
    Organisation.Kind.DISTRICT: "Các huyện, thành phố",
    Organisation.Kind.COMMUNE: "Các xã, phường, đặc khu",
}
TEMPLATES = "trang-mau"
# NĐ 43/2011/NĐ-CP, article 10: what every site says about itself, whatever its kind.
STARTER_PAGES = ["Giới thiệu", "Cơ cấu tổ chức", "Liên hệ"]
# Stands in the template's texts for the name of the organisation.
NAME = "[tên đơn vị]"


@dataclass(frozen=True)
class Order:
    """A site that is asked for. `parent` is a code; `hostname` is `<code>.<domain>` unless given; `manager` an e-mail."""

    kind: str
    name: str
    code: str
    parent: str = ""
    hostname: str = ""
    manager: str = ""
    short_name: str = ""
    valid_from: date | None = None
    place: int | None = None

    @property
    def host(self) -> str:
        return (self.hostname or f"{self.code}.{settings.PORTAL_DOMAIN}").lower()


class Opened:
    """What is there already, read once for many orders; checked orders join it, so that those of one batch cannot collide."""

    def __init__(self) -> None:
        sites = dict(Site.objects.values_list("root_page", "hostname"))
        rows = Organisation.objects.select_related("parent")
        self.by_code: dict[str, Organisation | None] = {row.code: row for row in rows}
        self.names = {row.name.casefold(): row.code for row in rows}
        self.hosts = {hostname: "" for hostname in sites.values()}
        self.hosts |= dict(FormerHost.objects.values_list("hostname", "organisation__code"))
        self.hosts |= {sites[row.home_page_id]: row.code for row in rows if row.home_page_id in sites}

    def faults(self, order: Order) -> list[str]:
        """Sentences about what is wrong with `order`; none for one that is open already just so."""
        there = self.by_code.get(order.code)
        return [*own_faults(order), *self._taken(order, there), *self._parent_faults(order)]

    def add(self, order: Order) -> None:
        """Count `order` as open."""
        self.names[order.name.casefold()] = order.code
        self.hosts[order.host] = order.code
        self.by_code.setdefault(order.code, None)

    def _taken(self, order: Order, there: Organisation | None) -> list[str]:
        faults = []
        if order.code in self.by_code and (there is None or (there.name, there.kind) != (order.name, order.kind)):
            faults.append(_("mã “%(code)s” đã dùng cho đơn vị khác.") % {"code": order.code})
        if self.names.get(order.name.casefold(), order.code) != order.code:
            faults.append(_("tên “%(name)s” đã dùng cho đơn vị khác.") % {"name": order.name})
        if self.hosts.get(order.host, order.code) != order.code:
            faults.append(_("tên miền “%(host)s” đã có trang khác dùng.") % {"host": order.host})
        return faults

    def _parent_faults(self, order: Order) -> list[str]:
        if not order.parent:
            return []
        parent = self.by_code.get(order.parent)
        if parent is None:
            return [_("không có đơn vị cấp trên mang mã “%(code)s”.") % {"code": order.parent}]
        if not parent.is_open():
            return [_("đơn vị cấp trên “%(name)s” đã kết thúc hoạt động.") % {"name": parent.name}]
        return []


def own_faults(order: Order) -> list[str]:
    """What is wrong with an order by itself."""
    faults = []
    if order.kind not in GROUPS:
        faults.append(_("loại đơn vị phải là một trong: %(kinds)s.") % {"kinds": ", ".join(GROUPS)})
    if not order.name or len(order.name) > 200:
        faults.append(_("thiếu tên, hoặc tên dài quá 200 chữ."))
    if not re.match(HOST_LABEL, order.code):
        faults.append(
            _("mã “%(code)s” không hợp lệ, chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối.")
            % {"code": order.code}
        )
    faults += host_faults(order.host)
    if order.manager:
        try:
            validate_email(order.manager)
        except ValidationError:
            faults.append(_("“%(email)s” không phải địa chỉ thư điện tử.") % {"email": order.manager})
    return faults


def host_faults(hostname: str) -> list[str]:
    """What is wrong with a hostname by itself."""
    label = rf"[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.{re.escape(settings.PORTAL_DOMAIN)}"
    if re.fullmatch(label, hostname):
        return []
    known = {"host": hostname, "domain": settings.PORTAL_DOMAIN}
    return [_("tên miền “%(host)s” phải là một tên ngay dưới %(domain)s.") % known]


@transaction.atomic
def provision(order: Order, by: User | None = None, public: bool = False) -> tuple[Organisation, bool]:
    """(organisation, whether it was made now). The same order again changes nothing; ValidationError says what is wrong.

    A site that is not `public` shows a holding page until its manager opens it.
    """
    faults = Opened().faults(order)
    if faults:
        raise ValidationError(faults)
    organisation = Organisation.objects.filter(code=order.code).first()
    if organisation:
        return organisation, False
    group = group_of(order.kind)
    home = group.add_child(instance=OrganisationHomePage(title=order.name, slug=order.code, locale=group.locale))
    copy_template(template_of(order.kind), home, order.name)
    add_site(home, order.host)
    province = Organisation.objects.filter(kind=Organisation.Kind.PROVINCE).first()
    parent = Organisation.objects.get(code=order.parent) if order.parent else province
    organisation = record(order, home, parent)
    run_opening_steps(organisation, home)
    if not public:
        PageViewRestriction.objects.create(page=home, restriction_type=PageViewRestriction.LOGIN)
    if order.manager:
        invite_manager(organisation, order.manager, by)
    return organisation, True


def invite_manager(organisation: Organisation, email: str, by: User | None) -> None:
    """The first manager, by mail once the site is there."""
    membership = invite(organisation, Role.MANAGER, email, "", by)
    pk = membership.pk
    transaction.on_commit(lambda: send_invitation(Membership.objects.get(pk=pk)))


def group_of(kind: str) -> OrganisationGroupPage:
    """The page that holds the home pages of `kind`, moderated by the shared workflow."""
    group = OrganisationGroupPage.objects.filter(kind=kind).first()
    return group or _add_group(GROUPS[kind], f"nhom-{kind}", kind)


def _add_group(title: str, slug: str, kind: str = "") -> OrganisationGroupPage:
    root, vietnamese = Page.objects.get(depth=1), Locale.objects.get(language_code="vi")
    group = root.add_child(instance=OrganisationGroupPage(title=title, slug=slug, kind=kind, locale=vietnamese))
    assign_workflow(COMPONENT, group)
    return group


def template_of(kind: str) -> OrganisationHomePage:
    """The home page that sites of `kind` are copied from; operators edit it and what is below it like any page."""
    slug = f"mau-{kind}"
    template = OrganisationHomePage.objects.filter(slug=slug, organisation__isnull=True).first()
    if template is None:
        group = OrganisationGroupPage.objects.filter(slug=TEMPLATES).first() or _add_group("Trang mẫu", TEMPLATES)
        title = f"Mẫu: {Organisation.Kind(kind).label}"
        template = group.add_child(instance=OrganisationHomePage(title=title, slug=slug, locale=group.locale))
        starter_pages(kind, template)
    return template


def starter_pages(kind: str, home: Page) -> None:
    """What a site starts with before anybody has changed its template."""
    run_starter_steps(kind, home)
    for title in STARTER_PAGES:
        home.add_child(instance=StandardPage(title=title, show_in_menus=True, locale=home.locale))


def copy_template(template: OrganisationHomePage, home: OrganisationHomePage, name: str) -> None:
    """The live pages below `template` below `home`, with the organisation's name where NAME stands."""
    home.introduction = template.introduction.replace(NAME, name)
    home.save()
    for page in template.get_children().live().specific():
        copied = page.copy(recursive=True, to=home, copy_revisions=False, keep_live=True, log_action=None)
        for one in copied.get_descendants(inclusive=True).specific():
            substituted(one, NAME, name)


def add_site(home: Page, hostname: str, is_default: bool = False) -> Site:
    """The site that answers at `hostname` with `home`, and its settings."""
    defaults = {
        "hostname": hostname,
        "port": 443 if settings.HTTPS else settings.PORT,
        "site_name": home.title,
        "is_default_site": is_default,
    }
    site, _made = Site.objects.update_or_create(root_page=home, defaults=defaults)
    SiteSettings.objects.get_or_create(site=site, defaults={"official_name": home.title})
    return site


def record(order: Order, home: Page, parent: Organisation | None) -> Organisation:
    """The organisation and its collection."""
    collection = Collection.objects.get(depth=1).add_child(instance=Collection(name=order.name))
    last = Organisation.objects.order_by("-order").values_list("order", flat=True).first()
    place = order.place if order.place is not None else 0 if last is None else last + 1
    return Organisation.objects.create(
        name=order.name,
        short_name=order.short_name or order.name[:100],
        code=order.code,
        kind=order.kind,
        order=place,
        parent=parent,
        valid_from=order.valid_from,
        home_page=home.page_ptr,
        collection=collection,
    )
