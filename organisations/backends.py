"""Signing in, and the few model permissions that Wagtail asks of Django itself."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import Model

from .grants import Person, is_operator, memberships_of
from .models import User
from .succession import offers_to

OPERATOR_PERMISSIONS = frozenset(
    f"wagtailredirects.{action}_redirect" for action in ("add", "change", "delete", "view")
)


class MembershipBackend(ModelBackend):
    """Whoever holds a role somewhere may enter the admin; what is open there follows from the role."""

    def get_group_permissions(self, user_obj: Person, obj: Model | None = None) -> set[str]:
        permissions = set(super().get_group_permissions(user_obj, obj))
        if obj is None and user_obj.is_active and (memberships_of(user_obj) or self.may_move(user_obj)):
            permissions.add("wagtailadmin.access_admin")
            if is_operator(user_obj):
                permissions |= OPERATOR_PERMISSIONS
        return permissions

    def may_move(self, user: Person) -> bool:
        """Whoever may take up the role at a successor of a closed organisation comes in to do it."""
        if not isinstance(user, User):
            return False
        if not hasattr(user, "_has_offers"):
            user._has_offers = bool(offers_to(user))
        return user._has_offers
