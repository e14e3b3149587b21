"""What a role may do, and where: the only table from which page, file and setting rights are derived."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from wagtail.models import Collection, Page

from .models import Membership, Organisation, Role, User

# Whoever a request may come from.
Person: TypeAlias = User | AnonymousUser
# What each role may do.
Actions: TypeAlias = Mapping[Role, Set[str]]

# Nobody below the operator holds "publish": what goes live, and what comes down, passes moderation (docs/decisions/0002).
PAGE_ACTIONS: Actions = {
    Role.AUTHOR: {"add"},
    Role.EDITOR: {"add", "change"},
    Role.TRANSLATOR: {"add", "change"},
    Role.APPROVER: {"change", "lock", "unlock"},
    Role.SECRETARY: {"change", "lock", "unlock"},
    Role.BOARD: {"change", "lock", "unlock"},
    Role.MANAGER: {"add", "change", "lock", "unlock"},
    Role.OPERATOR: {"add", "change", "publish", "lock", "unlock", "bulk_delete"},
}
FILE_ACTIONS: Actions = {
    Role.AUTHOR: {"add", "choose"},
    Role.EDITOR: {"add", "change", "choose"},
    Role.TRANSLATOR: {"choose"},
    Role.APPROVER: {"choose", "change"},
    Role.SECRETARY: {"choose", "change"},
    Role.BOARD: {"choose"},
    Role.MANAGER: {"add", "change", "choose"},
    Role.OPERATOR: {"add", "change", "choose", "delete"},
}
SETTING_ROLES = {Role.MANAGER, Role.OPERATOR}


def signed_in(person: Person) -> User:
    """The account of somebody whom a screen lets in only with one."""
    if not isinstance(person, User):
        raise PermissionDenied
    return person


@dataclass(frozen=True)
class Codename:
    """Stands where Wagtail's policies expect a Permission and read nothing but its codename."""

    codename: str


@dataclass(frozen=True)
class PageGrant:
    """One action on a page and everything below it."""

    page: Page
    permission: Codename

    @property
    def page_id(self) -> int:
        return self.page.pk


@dataclass(frozen=True)
class CollectionGrant:
    """One action on a collection and everything below it."""

    collection: Collection
    permission: Codename

    @property
    def collection_id(self) -> int:
        return self.collection.pk


def memberships_of(user: Person) -> list[Membership]:
    """The memberships that give `user` rights, those at closed predecessors too; read once in the life of the user object."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_active_memberships"):
        from .succession import inherited

        own = Membership.objects.at_work().filter(user=user)
        held = list(own.select_related("organisation__home_page", "organisation__collection"))
        user._active_memberships = held + inherited(held)
    return user._active_memberships


def with_rights_held(user: User) -> User:
    """The person with the rights of this moment; a suspension waits until the transaction ends, or has come before."""
    list(Membership.objects.select_for_update(of=("self",), no_key=True).filter(user=user.pk).order_by("pk"))
    return User.objects.get(pk=user.pk)


def actions_of(table: Actions, membership: Membership) -> set[str]:
    """What `membership` gives by `table`; nothing new is begun at an organisation that has closed."""
    return set(table.get(Role(membership.role), ())) - ({"add"} if membership.is_inherited else set())


def has_role(user: Person, *roles: Role, organisation: Organisation | None = None) -> bool:
    """Whether `user` holds one of `roles`, at `organisation` when one is given, else anywhere."""
    return any(
        m.role in roles and (organisation is None or m.organisation_id == organisation.pk) for m in memberships_of(user)
    )


def is_operator(user: Person) -> bool:
    """Operators and superusers see every organisation."""
    return user.is_active and (user.is_superuser or has_role(user, Role.OPERATOR))


def page_grants(user: Person) -> list[PageGrant]:
    """Every (action, page) of `user`; rights over all sites are one row on the root, not one per site (anchors T1)."""
    memberships = memberships_of(user)
    if any(m.role == Role.OPERATOR for m in memberships):
        root = Page.objects.filter(depth=1, path="0001").get()
        return _grants_on(root, PAGE_ACTIONS[Role.OPERATOR])
    grants: list[PageGrant] = []
    for membership in memberships:
        for page in _pages_of(membership):
            grants += _grants_on(page, actions_of(PAGE_ACTIONS, membership))
    return grants


def _grants_on(page: Page, actions: Iterable[str]) -> list[PageGrant]:
    return [PageGrant(page, Codename(f"{action}_page")) for action in sorted(actions)]


def _pages_of(membership: Membership) -> list[Page]:
    """The home pages a membership reaches: translators the English one, the board both, others the Vietnamese one."""
    home = membership.organisation.home_page
    if membership.role == Role.TRANSLATOR:
        return list(_translations(home))
    if membership.role in Role.of_province():
        return [home, *_translations(home)]
    return [home]


def _translations(home: Page) -> QuerySet[Page]:
    return Page.objects.filter(translation_key=home.translation_key).exclude(pk=home.pk)


def collection_grants(user: Person, model_name: str) -> list[CollectionGrant]:
    """Every (action, collection) of `user` for the file kind `model_name` ("image", "document", "collection")."""
    memberships = memberships_of(user)
    if any(m.role == Role.OPERATOR for m in memberships):
        root = Collection.objects.get(depth=1)
        return [CollectionGrant(root, Codename(f"{action}_{model_name}")) for action in FILE_ACTIONS[Role.OPERATOR]]
    if model_name == "collection":
        return []
    return [
        CollectionGrant(m.organisation.collection, Codename(f"{action}_{model_name}"))
        for m in memberships
        for action in actions_of(FILE_ACTIONS, m)
    ]


def roles_with(table: Actions, action: str) -> list[Role]:
    """The roles that `table` (PAGE_ACTIONS or FILE_ACTIONS) gives `action`."""
    return [role for role, actions in table.items() if action in actions]
