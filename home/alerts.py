"""Emergency alerts: from a start to an end, on the own site or on all sites below as well; every level may add its own."""

from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.permissions import register_permission_policy

from organisations.models import Role
from organisations.viewsets import ALL_ACTIONS, OrganisationPolicy

from .hierarchy import above
from .kept import cached, note_change
from .models import Alert

ALERT_ACTIONS = dict.fromkeys((Role.MANAGER, Role.SECRETARY, Role.BOARD), ALL_ACTIONS)
register_permission_policy(Alert, OrganisationPolicy(Alert, ALERT_ACTIONS))


def alerts_on(organisation):
    """The alerts that the organisation's site shows now, those of the highest level first."""
    now = timezone.now()
    return [alert for alert in cached(f"alerts:{organisation.pk}", lambda: _to_come(organisation)) if alert.holds(now)]


def _to_come(organisation):
    """What is not over yet; whether it has begun is asked at each request."""
    higher = above(organisation)
    own_or_cascading = Q(organisation=organisation) | Q(organisation__in=higher, cascades=True)
    found = Alert.objects.filter(own_or_cascading, ends__gt=timezone.now()).select_related("organisation")
    levels = {pk: level for level, pk in enumerate([organisation.pk, *higher])}
    return sorted(found, key=lambda alert: (-levels[alert.organisation_id], alert.starts))


@receiver(post_save, sender=Alert)
@receiver(post_delete, sender=Alert)
def changed(sender, **kwargs):
    note_change()
