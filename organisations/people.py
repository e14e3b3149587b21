"""Who manages whom, and what can be done about a membership. Every change is noted as a MembershipEvent."""

import secrets
from smtplib import SMTPException

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from .grants import is_operator, memberships_of
from .models import Membership, MembershipEvent, Organisation, Role, User

INVITATION_DAYS = 7
_SALT = "organisations.invitation"
Action = MembershipEvent.Action


def managed_organisations(user):
    """Organisations whose people `user` manages: all for operators, else where the person is the manager."""
    if is_operator(user):
        return Organisation.objects.all()
    return Organisation.objects.filter(
        pk__in=[m.organisation_id for m in memberships_of(user) if m.role == Role.MANAGER]
    )


def managed_memberships(user):
    """Memberships that `user` may see; those of superusers are for superusers."""
    memberships = Membership.objects.filter(organisation__in=managed_organisations(user))
    return memberships if user.is_superuser else memberships.filter(user__is_superuser=False)


def rank_of(user, organisation):
    """How high `user` stands at `organisation`; operators stand above everybody, everywhere."""
    if is_operator(user):
        return Role.OPERATOR.rank
    ranks = [Role(m.role).rank for m in memberships_of(user) if m.organisation_id == organisation.pk]
    return max(ranks, default=0)


def grantable_roles(user, organisation):
    """Roles that `user` may give at `organisation`: none above the own, those of the province only there."""
    rank = rank_of(user, organisation)
    return [r for r in Role if r.rank <= rank and (organisation.is_province or r not in Role.of_province())]


def may_change(user, membership):
    """Whether `user` may re-role, suspend or restore: never oneself, never somebody of a higher role."""
    if membership.user_id == user.pk or not managed_memberships(user).filter(pk=membership.pk).exists():
        return False
    return Role(membership.role).rank <= rank_of(user, membership.organisation)


def note(membership, action, by, detail=""):
    MembershipEvent.objects.create(membership=membership, action=action, by=by, detail=detail)


@transaction.atomic
def invite(organisation, role, email, full_name, by):
    """A membership that gives no rights before the person accepts.

    Somebody who has an account already keeps it as it is, so that an invitation neither changes nor tells anything about
    people of other organisations.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User(username=email.lower()[:150], email=email, full_name=full_name)
        user.set_unusable_password()
        user.save()
    membership = Membership.objects.create(
        user=user, organisation=organisation, role=role, accepted_at=None, created_by=by
    )
    note(membership, Action.INVITED, by)
    return membership


def send_invitation(membership):
    """Mail a link that works once and for a week; earlier ones stop working. Whether the mail server took it."""
    membership.invitation = secrets.token_hex(16)
    membership.save(update_fields=["invitation"])
    token = signing.dumps([membership.pk, membership.invitation], salt=_SALT)
    url = settings.WAGTAILADMIN_BASE_URL + reverse("accept_invitation", args=[token])
    with translation.override(settings.LANGUAGE_CODE):
        context = {"membership": membership, "url": url, "days": INVITATION_DAYS}
        subject, _, body = render_to_string("organisations/mail/invitation.txt", context).strip().partition("\n")
    try:
        EmailMessage(subject, body.strip() + "\n", to=[membership.user.email]).send()
    except (SMTPException, OSError):
        return False
    return True


def invited_by(token):
    """The membership that the mailed token invites to; None when it is used, replaced, expired or forged."""
    try:
        pk, invitation = signing.loads(token, salt=_SALT, max_age=INVITATION_DAYS * 24 * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    waiting = Membership.objects.filter(pk=pk, invitation=invitation, accepted_at__isnull=True, is_active=True)
    return waiting.exclude(invitation="").select_related("user", "organisation").first()


@transaction.atomic
def accept(membership):
    membership.accepted_at, membership.invitation = timezone.now(), ""
    membership.save(update_fields=["accepted_at", "invitation"])
    note(membership, Action.ACCEPTED, membership.user)


@transaction.atomic
def change_role(membership, role, by):
    before = membership.get_role_display()
    membership.role = role
    membership.save(update_fields=["role"])
    note(membership, Action.ROLE_CHANGED, by, f"{before} → {membership.get_role_display()}")


@transaction.atomic
def set_active(membership, active, by):
    """Suspend or restore; holds from the person's next request."""
    membership.is_active = active
    membership.save(update_fields=["is_active"])
    note(membership, Action.RESTORED if active else Action.SUSPENDED, by)


def is_last_manager(membership):
    """Whether nobody would manage the organisation without this membership."""
    others = Membership.objects.active().filter(organisation=membership.organisation, role=Role.MANAGER)
    return membership.role == Role.MANAGER and not others.exclude(pk=membership.pk).exists()
