"""Wagtail's permission policies, fed from Membership instead of groups.

Wagtail asks these objects in every stock screen (explorer, editor, images, documents, settings), so no group, no
GroupPagePermission row and no check box per site exists. See docs/decisions/0002.
"""

from functools import reduce
from operator import or_

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import Collection, Page, Site
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permission_policies.sites import SitePermissionPolicy

from .grants import (
    FILE_ACTIONS,
    PAGE_ACTIONS,
    SETTING_ROLES,
    collection_grants,
    is_operator,
    memberships_of,
    page_grants,
    roles_with,
)
from .models import Membership, Role
from .succession import answering_for


def any_of(conditions):
    """OR of `conditions`; no condition means no row."""
    return reduce(or_, conditions, Q(pk__in=[]))


def minimal_paths(paths):
    """`paths` without those that lie below another one."""
    kept = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def people_with(table, actions, organisations=None):
    """Active users whose memberships give one of `actions`, optionally at some organisations, and superusers."""
    roles = {role for action in actions for role in roles_with(table, action)}
    memberships = Membership.objects.at_work().filter(role__in=roles)
    if organisations is not None:
        answering = {pk for organisation in organisations for pk in answering_for(organisation)}
        memberships = memberships.filter(Q(organisation__in=answering) | Q(role=Role.OPERATOR))
    return get_user_model().objects.filter(Q(is_superuser=True) | Q(pk__in=memberships.values("user")), is_active=True)


class MembershipPagePolicy(PagePermissionPolicy):
    """Page rights from memberships; each listing is one OR of path prefixes (wagtail-spike C1)."""

    def get_all_permissions_for_user(self, user):
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return []
        return page_grants(user)

    def _paths(self, user, actions):
        names = self._get_permission_codenames(actions)
        grants = self.get_cached_permissions_for_user(user)
        return minimal_paths({g.page.path for g in grants if g.permission.codename in names})

    def instances_user_has_any_permission_for(self, user, actions):
        everything = self._base_queryset_for_user(user)
        if everything is not None:
            return everything
        conditions = [Q(path__startswith=path) for path in self._paths(user, actions)]
        if "change" in actions and "add" not in actions:
            conditions += [Q(path__startswith=path, owner=user) for path in self._paths(user, {"add"})]
        return self.model._default_manager.filter(any_of(conditions))

    def explorable_instances(self, user):
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

    def users_with_any_permission(self, actions, include_superusers=True):
        return self._people(actions, None, include_superusers)

    def users_with_any_permission_for_instance(self, actions, instance, include_superusers=True):
        from .scoping import organisation_of

        organisation = organisation_of(instance)
        return self._people(actions, [organisation] if organisation else [], include_superusers)

    def _people(self, actions, organisations, include_superusers):
        people = people_with(PAGE_ACTIONS, set(actions), organisations)
        return people if include_superusers else people.exclude(is_superuser=True)


class MembershipCollectionMixin:
    """Collection rights from memberships, for whatever policy stands behind it."""

    file_kind = ""

    @property
    def permission_cache_name(self):
        return f"_collection_grants_{self.file_kind}"

    def get_all_permissions_for_user(self, user):
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return []
        return collection_grants(user, self.file_kind)

    def _collections_with_perm(self, user, actions):
        grants = self._get_user_permission_objects_for_actions(user, actions)
        paths = minimal_paths({g.collection.path for g in grants})
        return Collection.objects.filter(any_of([Q(path__startswith=path) for path in paths]))

    def _users_with_perm_filter(self, actions, collection=None):
        organisations = None
        if collection is not None:
            from .models import Organisation

            organisations = Organisation.objects.filter(collection__in=collection.get_ancestors(inclusive=True))
        return Q(pk__in=people_with(FILE_ACTIONS, actions, organisations).values("pk"))


class MembershipImagePolicy(MembershipCollectionMixin, CollectionOwnershipPermissionPolicy):
    file_kind = "image"


class MembershipFilePolicy(MembershipCollectionMixin, CollectionOwnershipPermissionPolicy):
    file_kind = "document"


class MembershipCollectionPolicy(MembershipCollectionMixin, CollectionManagementPermissionPolicy):
    """Collections themselves are made by code, one per organisation; only operators touch them."""

    file_kind = "collection"

    def _descendants_with_perm(self, user, action):
        return self._collections_with_perm(user, [action]).filter(depth__gt=1)


class MembershipSitePolicy(SitePermissionPolicy):
    """Settings of a site are for its managers and the operators."""

    permission_cache_name = "_site_setting_grants"

    def get_all_permissions_for_user(self, user):
        return []

    def _site_roots(self, user):
        return [m.organisation.home_page_id for m in memberships_of(user) if m.role in SETTING_ROLES]

    def user_has_any_permission(self, user, actions):
        return is_operator(user) or bool(self._site_roots(user))

    def sites_user_has_any_permission_for(self, user, actions):
        if is_operator(user):
            return Site.objects.all()
        return Site.objects.filter(root_page__in=self._site_roots(user))

    def user_has_any_permission_for_instance(self, user, actions, instance):
        if is_operator(user):
            return True
        site = instance if isinstance(instance, Site) else instance.site
        return site.root_page_id in self._site_roots(user)

    def users_with_any_permission(self, actions):
        return get_user_model().objects.filter(
            Q(is_superuser=True) | Q(pk__in=Membership.objects.at_work().filter(role__in=SETTING_ROLES).values("user")),
            is_active=True,
        )

    def users_with_any_permission_for_instance(self, actions, instance):
        site = instance if isinstance(instance, Site) else instance.site
        here = Membership.objects.at_work().filter(
            Q(role=Role.OPERATOR) | Q(role=Role.MANAGER, organisation__home_page=site.root_page_id)
        )
        return get_user_model().objects.filter(Q(is_superuser=True) | Q(pk__in=here.values("user")), is_active=True)
