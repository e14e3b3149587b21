"""Who may translate what: translators the published pages of the province and of sites with English, and drafts they were given."""

from django.db.models import Q, QuerySet
from wagtail.models import Page

from home.visibility import unrestricted
from organisations.grants import Person, has_role, is_operator
from organisations.models import Organisation, Role
from organisations.policies import any_of
from organisations.querysets import OrganisationQuerySet
from organisations.scoping import organisation_of

from .models import Work

GIVING_ROLES = (Role.EDITOR, Role.APPROVER, Role.MANAGER, Role.SECRETARY, Role.BOARD)


def is_translator(user: Person) -> bool:
    return is_operator(user) or has_role(user, Role.TRANSLATOR)


def translated_organisations() -> OrganisationQuerySet:
    """Organisations whose site has an English home page, live or in preparation."""
    keys = Page.objects.filter(locale__language_code="en").values("translation_key")
    return Organisation.objects.open().filter(home_page__translation_key__in=keys).select_related("home_page")


def translatable_pages() -> QuerySet[Page]:
    """Published Vietnamese pages, open to everybody, of sites that have English."""
    paths = translated_organisations().values_list("home_page__path", flat=True)
    below = any_of(Q(path__startswith=path) for path in paths)
    return Page.objects.live().filter(below, unrestricted(), locale__language_code="vi")


def may_begin(user: Person, page: Page) -> bool:
    """Whether `user` may translate `page` without it being given: it is public."""
    return is_translator(user) and translatable_pages().filter(pk=page.pk).exists()


def works_of(user: Person) -> QuerySet[Work]:
    """What is being translated on sites that have English, and what is left of pages that were deleted; for translators alone."""
    if not is_translator(user):
        return Work.objects.none()
    paths = translated_organisations().values_list("home_page__path", flat=True)
    below = any_of([Q(page=None), *(Q(page__path__startswith=path) for path in paths)])
    return Work.objects.filter(below).select_related("page", "translator", "given_by", "translation__source")


def may_give(user: Person, page: Page) -> bool:
    """Whether `user` may hand `page`, a draft included, to the translators: who works on it, where there is English."""
    organisation = organisation_of(page)
    if organisation is None or page.locale.language_code != "vi":
        return False
    if not (is_operator(user) or has_role(user, *GIVING_ROLES, organisation=organisation)):
        return False
    return translated_organisations().filter(pk=organisation.pk).exists()
