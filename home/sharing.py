"""Published pages of a higher organisation on the front pages of chosen sites below it: shown there, never copied."""

from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from organisations.grants import has_role, is_operator
from organisations.models import Role
from organisations.scoping import organisation_of

from .hierarchy import above, below
from .kept import cached, note_change
from .models import HomePageMixin, SharedPage
from .screens import context_of
from .visibility import unrestricted

SHARING_ROLES = (Role.APPROVER, Role.MANAGER, Role.SECRETARY, Role.BOARD)
SHOWN = 6


def may_share(user, page):
    """Whether `user` may put `page` on the sites below its organisation: who decides there, about what is public."""
    organisation = organisation_of(page)
    if organisation is None or not page.live or not organisation.is_open():
        return False
    if not (is_operator(user) or has_role(user, *SHARING_ROLES, organisation=organisation)):
        return False
    return below(organisation).exists()


def shared_with(organisation):
    """[{title, url, owner, date}] of what higher organisations put on the organisation's front page, newest first."""
    return cached(f"shared:{organisation.pk}", lambda: _shared_with(organisation))


def _shared_with(organisation):
    chosen = Q(kinds__contains=organisation.kind) | Q(organisations=organisation)
    ahead = Q(until=None) | Q(until__gte=timezone.localdate())
    rows = SharedPage.objects.filter(
        chosen, ahead, unrestricted("page__"), page__live=True, owner__in=above(organisation)
    )
    rows = rows.select_related("owner", "page__locale").distinct().order_by("-created")[:SHOWN]
    return [
        {
            "title": row.page.title,
            "url": row.page.specific_deferred.get_full_url(),
            "owner": row.owner.short_name,
            "date": row.page.first_published_at,
        }
        for row in rows
    ]


@context_of(HomePageMixin)
def shared_on_home_page(page, request):
    """`shared`: what the organisation's site shows of higher organisations; Vietnamese pages on the Vietnamese site only."""
    frame = getattr(request, "frame", None)
    organisation = frame.organisation if frame else organisation_of(page)
    if organisation is None or organisation.is_province or organisation.home_page_id != page.pk:
        return {}
    return {"shared": shared_with(organisation) if organisation.is_open() else []}


@receiver(post_save, sender=SharedPage)
@receiver(post_delete, sender=SharedPage)
@receiver(m2m_changed, sender=SharedPage.organisations.through)
def changed(sender, **kwargs):
    note_change()
