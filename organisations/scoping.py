"""Which organisation owns what. Everything that must not cross from one organisation to another asks here."""

from collections.abc import Iterable
from typing import cast

from django.db.models import QuerySet
from wagtail.models import Page, Site
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from .grants import Person, is_operator, memberships_of
from .models import Organisation
from .querysets import OrganisationQuerySet

HOME_DEPTHS = (2, 3)


def home_paths(path: str) -> list[str]:
    """The path prefixes at which an organisation's home page can stand: depth 2 (province) and 3 (all others)."""
    return [path[: depth * Page.steplen] for depth in HOME_DEPTHS if len(path) >= depth * Page.steplen]


def organisation_of(page: Page) -> Organisation | None:
    """The organisation in whose tree, in whatever language, `page` lies; None above the home pages."""
    homes = Page.objects.filter(path__in=home_paths(page.path))
    return (
        Organisation.objects.filter(home_page__translation_key__in=homes.values("translation_key"))
        .select_related("home_page", "collection")
        .first()
    )


def homes_of(organisation: Organisation) -> QuerySet[Page]:
    """The organisation's home pages, one a language: its pages are what lies below any of them."""
    return Page.objects.filter(translation_key=organisation.home_page.translation_key)


def homes_by_path(organisations: Iterable[Organisation]) -> dict[str, Organisation]:
    """{tree path: organisation} of the home pages of all `organisations` (with `home_page` read), in every language."""
    by_key = {organisation.home_page.translation_key: organisation for organisation in organisations}
    homes = Page.objects.filter(translation_key__in=by_key).values_list("path", "translation_key")
    return {path: by_key[key] for path, key in homes}


def organisation_of_site(site: Site | None) -> Organisation | None:
    """The organisation whose home page `site` serves, or None."""
    return Organisation.objects.filter(home_page=site.root_page_id).first() if site else None


def organisations_for(user: Person) -> OrganisationQuerySet:
    """Organisations whose inner life `user` may see: all for operators and superusers, else the own ones."""
    if is_operator(user):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in={m.organisation_id for m in memberships_of(user)})


def may_meet(user: Person, page_id: int) -> bool:
    """Whether the admin shows the page to `user`, by the rights of this moment."""
    policy = cast(PagePermissionPolicy, policy_registry.get_by_type(Page))
    return policy.explorable_instances(user).filter(pk=page_id).exists()
