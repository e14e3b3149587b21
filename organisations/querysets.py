"""Which organisations, which memberships: the glossary of lists."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from .models import Membership, Organisation


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def open(self, on: date | None = None) -> Self:
        """Organisations at work on the given day (today by default)."""
        on = on or timezone.localdate()
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))

    def components(self) -> Self:
        """Every organisation but the province itself."""
        return self.exclude(kind="province")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        """Memberships that give rights now: accepted, not suspended, of a person who may sign in."""
        return self.filter(is_active=True, accepted_at__isnull=False, user__is_active=True)

    def at_work(self) -> Self:
        """Active ones at organisations that have not closed."""
        today = timezone.localdate()
        return self.active().filter(Q(organisation__valid_to__isnull=True) | Q(organisation__valid_to__gte=today))
