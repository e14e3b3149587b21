"""Wagtail's permission policies, fed from Membership instead of groups.

Wagtail asks these objects in every stock screen (explorer, editor, images, documents, settings), so no group, no
GroupPagePermission row and no check box per site exists. See docs/decisions/0002.
"""

from collections.abc import Collection as Some
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Collection, Page, Site
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
    CollectionPermissionLookupMixin,
)
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permission_policies.sites import SitePermissionPolicy

from .grants import (
    FILE_ACTIONS,
    PAGE_ACTIONS,
    SETTING_ROLES,
    Actions,
    CollectionGrant,
    PageGrant,
    Person,
    collection_grants,
    is_operator,
    memberships_of,
    page_grants,
    roles_with,
)
from .models import Membership, Organisation, Role, User
from .scoping import organisation_of
from .succession import answering_for


def any_of(conditions: Iterable[Q]) -> Q:
    """OR of `conditions`; no condition means no row."""
    return reduce(or_, conditions, Q(pk__in=[]))


def minimal_paths(paths: Iterable[str]) -> list[str]:
    """`paths` without those that lie below another one."""
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def people_with(
    table: Actions, actions: Iterable[str], organisations: Iterable[Organisation] | None = None
) -> QuerySet[User]:
    """Active users whose memberships give one of `actions`, optionally at some organisations, and superusers."""
    roles = {role for action in actions for role in roles_with(table, action)}
    memberships = Membership.objects.at_work().filter(role__in=roles)
    if organisations is not None:
        answering = {pk for organisation in organisations for pk in answering_for(organisation)}
        memberships = memberships.filter(Q(organisation__in=answering) | Q(role=Role.OPERATOR))
    return get_user_model().objects.filter(Q(is_superuser=True) | Q(pk__in=memberships.values("user")), is_active=True)


class MembershipPagePolicy(PagePermissionPolicy):
    """Page rights from memberships; each listing is one OR of path prefixes (wagtail-spike C1)."""

    def get_all_permissions_for_user(self, user: Person) -> list[PageGrant]:
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return []
        return page_grants(user)

    def _paths(self, user: Person, actions: Iterable[str]) -> list[str]:
        names = self._get_permission_codenames(actions)
        grants = self.get_cached_permissions_for_user(user)
        return minimal_paths({g.page.path for g in grants if g.permission.codename in names})

    def instances_user_has_any_permission_for(self, user: Person, actions: Some[str]) -> QuerySet[Page]:
        everything = self._base_queryset_for_user(user)
        if everything is not None:
            return everything
        conditions = [Q(path__startswith=path) for path in self._paths(user, actions)]
        if "change" in actions and "add" not in actions:
            conditions += [Q(path__startswith=path, owner=user) for path in self._paths(user, {"add"})]
        return self.model._default_manager.filter(any_of(conditions))

    def explorable_instances(self, user: Person) -> QuerySet[Page]:
        everything = self._base_queryset_for_user(user)
        if everything is not None:
            return everything
        paths = minimal_paths({g.page.path for g in self.get_cached_permissions_for_user(user)})
        if not paths:
            return self.model._default_manager.none()
        root = self.explorable_root_instance(user)
        ancestors = {path[:end] for path in paths for end in range(len(root.path), len(path), Page.steplen)}
        return self.model._default_manager.filter(
            any_of([Q(path__startswith=path) for path in paths] + [Q(path__in=ancestors)])
        )

    def users_with_any_permission(self, actions: Iterable[str], include_superusers: bool = True) -> QuerySet[User]:
        return self._people(actions, None, include_superusers)

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Page, include_superusers: bool = True
    ) -> QuerySet[User]:
        organisation = organisation_of(instance)
        return self._people(actions, [organisation] if organisation else [], include_superusers)

    def _people(
        self, actions: Iterable[str], organisations: list[Organisation] | None, include_superusers: bool
    ) -> QuerySet[User]:
        people = people_with(PAGE_ACTIONS, set(actions), organisations)
        return people if include_superusers else people.exclude(is_superuser=True)


class MembershipCollectionMixin(CollectionPermissionLookupMixin):
    """Collection rights from memberships, for whatever policy stands behind it."""

    file_kind = ""

    def get_all_permissions_for_user(self, user: Person) -> list[CollectionGrant]:
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return []
        return collection_grants(user, self.file_kind)

    def _collections_with_perm(self, user: Person, actions: Iterable[str]) -> QuerySet[Collection]:
        grants = self._get_user_permission_objects_for_actions(user, actions)
        paths = minimal_paths({g.collection.path for g in grants})
        return Collection.objects.filter(any_of([Q(path__startswith=path) for path in paths]))

    def _users_with_perm_filter(self, actions: Iterable[str], collection: Collection | None = None) -> Q:
        organisations = None
        if collection is not None:
            organisations = Organisation.objects.filter(collection__in=collection.get_ancestors(inclusive=True))
        return Q(pk__in=people_with(FILE_ACTIONS, actions, organisations).values("pk"))


class MembershipImagePolicy(MembershipCollectionMixin, CollectionOwnershipPermissionPolicy):
    file_kind = "image"
    permission_cache_name = "_collection_grants_image"


class MembershipFilePolicy(MembershipCollectionMixin, CollectionOwnershipPermissionPolicy):
    file_kind = "document"
    permission_cache_name = "_collection_grants_document"


class MembershipCollectionPolicy(MembershipCollectionMixin, CollectionManagementPermissionPolicy):
    """Collections themselves are made by code, one per organisation; only operators touch them."""

    file_kind = "collection"
    permission_cache_name = "_collection_grants_collection"

    def _descendants_with_perm(self, user: Person, action: str) -> QuerySet[Collection]:
        return self._collections_with_perm(user, [action]).filter(depth__gt=1)


class MembershipSitePolicy(SitePermissionPolicy):
    """Settings of a site are for its managers and the operators."""

    permission_cache_name = "_site_setting_grants"

    def get_all_permissions_for_user(self, user: Person) -> Sequence[object]:
        return []

    def _site_roots(self, user: Person) -> list[int]:
        return [m.organisation.home_page_id for m in memberships_of(user) if m.role in SETTING_ROLES]

    def user_has_any_permission(self, user: Person, actions: Iterable[str]) -> bool:
        return is_operator(user) or bool(self._site_roots(user))

    def sites_user_has_any_permission_for(self, user: Person, actions: Iterable[str]) -> QuerySet[Site]:
        if is_operator(user):
            return Site.objects.all()
        return Site.objects.filter(root_page__in=self._site_roots(user))

    def user_has_any_permission_for_instance(
        self, user: Person, actions: Iterable[str], instance: Site | BaseSiteSetting
    ) -> bool:
        if is_operator(user):
            return True
        site = instance if isinstance(instance, Site) else instance.site
        return site.root_page_id in self._site_roots(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return get_user_model().objects.filter(
            Q(is_superuser=True) | Q(pk__in=Membership.objects.at_work().filter(role__in=SETTING_ROLES).values("user")),
            is_active=True,
        )

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Site | BaseSiteSetting
    ) -> QuerySet[User]:
        site = instance if isinstance(instance, Site) else instance.site
        here = Membership.objects.at_work().filter(
            Q(role=Role.OPERATOR) | Q(role=Role.MANAGER, organisation__home_page=site.root_page_id)
        )
        return get_user_model().objects.filter(Q(is_superuser=True) | Q(pk__in=here.values("user")), is_active=True)
