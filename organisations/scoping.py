"""Which organisation owns what. Everything that must not cross from one organisation to another asks here."""

from wagtail.models import Page
from wagtail.permissions import policy_registry

from .grants import is_operator, memberships_of
from .models import Organisation

HOME_DEPTHS = (2, 3)


def home_paths(path):
    """The path prefixes at which an organisation's home page can stand: depth 2 (province) and 3 (all others)."""
    return [path[: depth * Page.steplen] for depth in HOME_DEPTHS if len(path) >= depth * Page.steplen]


def organisation_of(page):
    """The organisation in whose tree, in whatever language, `page` lies; None above the home pages."""
    homes = Page.objects.filter(path__in=home_paths(page.path))
    return (
        Organisation.objects.filter(home_page__translation_key__in=homes.values("translation_key"))
        .select_related("home_page", "collection")
        .first()
    )


def homes_of(organisation):
    """The organisation's home pages, one a language: its pages are what lies below any of them."""
    return Page.objects.filter(translation_key=organisation.home_page.translation_key)


def homes_by_path(organisations):
    """{tree path: organisation} of the home pages of all `organisations` (with `home_page` read), in every language."""
    by_key = {organisation.home_page.translation_key: organisation for organisation in organisations}
    homes = Page.objects.filter(translation_key__in=by_key).values_list("path", "translation_key")
    return {path: by_key[key] for path, key in homes}


def organisation_of_site(site):
    """The organisation whose home page `site` serves, or None."""
    return Organisation.objects.filter(home_page=site.root_page_id).first() if site else None


def organisations_for(user):
    """Organisations whose inner life `user` may see: all for operators and superusers, else the own ones."""
    if is_operator(user):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in={m.organisation_id for m in memberships_of(user)})


def may_meet(user, page_id):
    """Whether the admin shows the page to `user`, by the rights of this moment."""
    return policy_registry.get_by_type(Page).explorable_instances(user).filter(pk=page_id).exists()
