"""Who manages whom, and what can be done about a membership. Every change is noted as a MembershipEvent."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .conflicts import refusing_races
from .grants import Person, is_operator, memberships_of
from .models import Membership, MembershipEvent, Organisation, Role, User
from .querysets import MembershipQuerySet, OrganisationQuerySet

INVITATION_DAYS = 7
# Letters that one address gets within a day, whoever invites it and to whatever.
LETTERS_A_DAY = 5
_SALT = "organisations.invitation"
Action = MembershipEvent.Action
# Whoever decides about the province's home page, and whoever runs the portal, is named by operators, whatever the rank.
BY_OPERATORS = frozenset({Role.SECRETARY, Role.BOARD, Role.OPERATOR})


def managed_organisations(user: Person) -> OrganisationQuerySet:
    """Organisations whose people `user` manages: all for operators, else where the person is the manager."""
    if is_operator(user):
        return Organisation.objects.all()
    return Organisation.objects.filter(
        pk__in=[m.organisation_id for m in memberships_of(user) if m.role == Role.MANAGER]
    )


def managed_memberships(user: Person) -> MembershipQuerySet:
    """Memberships that `user` may see; those of superusers are for superusers."""
    memberships = Membership.objects.filter(organisation__in=managed_organisations(user))
    return memberships if user.is_superuser else memberships.filter(user__is_superuser=False)


def rank_of(user: Person, organisation: Organisation) -> int:
    """How high `user` stands at `organisation`; operators stand above everybody, everywhere."""
    if is_operator(user):
        return Role.OPERATOR.rank
    ranks = [Role(m.role).rank for m in memberships_of(user) if m.organisation_id == organisation.pk]
    return max(ranks, default=0)


def stands_above(user: Person, role: str, organisation: Organisation) -> bool:
    """Whether `role` at `organisation` is one that `user` gives and takes: below the own rank, and for operators any."""
    if is_operator(user):
        return True
    return role not in BY_OPERATORS and Role(role).rank < rank_of(user, organisation)


def grantable_roles(user: Person, organisation: Organisation) -> list[Role]:
    """Roles that `user` may give at `organisation`: below the own, those of the province only there (docs/decisions/0005)."""
    here = [r for r in Role if organisation.is_province or r not in Role.of_province()]
    return [r for r in here if stands_above(user, r, organisation)]


def may_suspend(user: Person, membership: Membership) -> bool:
    """Whether `user` may take the membership's rights away: never oneself, never somebody who stands as high."""
    if membership.user_id == user.pk or not managed_memberships(user).filter(pk=membership.pk).exists():
        return False
    return stands_above(user, membership.role, membership.organisation)


def may_change(user: Person, membership: Membership) -> bool:
    """Whether `user` may also re-role, restore and invite again: not where the organisation has closed.

    What people were on the closing day is what its successors offer them (organisations.succession).
    """
    return membership.organisation.is_open() and may_suspend(user, membership)


def note(membership: Membership, action: str, by: User | None, detail: str = "") -> None:
    MembershipEvent.objects.create(membership=membership, action=action, by=by, detail=detail)


def invite(organisation: Organisation, role: str, email: str, full_name: str, by: User | None) -> Membership:
    """A membership that gives no rights before the person accepts; refuses by ValidationError.

    Somebody who has an account already keeps it as it is, so that an invitation neither changes nor tells anything about
    people of other organisations.
    """
    with refusing_races(_("Người có thư điện tử này vừa được mời. Hãy xem lại danh sách.")):
        user = _account_of(email, full_name)
        _require_letters_left(user)
        membership = Membership.objects.create(
            user=user, organisation=organisation, role=role, accepted_at=None, created_by=by
        )
        note(membership, Action.INVITED, by)
    return membership


def _account_of(email: str, full_name: str) -> User:
    """The account with the address, made when missing, and held until the transaction ends."""
    user = User.objects.select_for_update().filter(email__iexact=email).order_by("pk").first()
    if user is None:
        user = User(username=email.lower()[:150], email=email, full_name=full_name)
        user.set_unusable_password()
        user.save()
    return user


def _require_letters_left(user: User) -> None:
    """Refuses where the address had its letters of the day; `user` must be held, or two count the same letters."""
    sent = MembershipEvent.objects.filter(
        membership__user=user, action__in=[Action.INVITED, Action.RESENT], at__gt=timezone.now() - timedelta(days=1)
    )
    if sent.count() >= LETTERS_A_DAY:
        sentence = _("Địa chỉ %(email)s đã nhận %(count)d thư mời trong 24 giờ qua. Hãy chờ đến mai rồi mời lại.")
        raise ValidationError(sentence % {"email": user.email, "count": LETTERS_A_DAY})


def send_invitation(membership: Membership) -> bool:
    """Mail a link that works once and for a week; earlier ones stop working. Whether the mail server took it."""
    membership.invitation = secrets.token_hex(16)
    membership.save(update_fields=["invitation"])
    token = signing.dumps([membership.pk, membership.invitation], salt=_SALT)
    url = settings.WAGTAILADMIN_BASE_URL + reverse("accept_invitation", args=[token])
    with translation.override(settings.LANGUAGE_CODE):
        context = {"membership": membership, "url": url, "days": INVITATION_DAYS}
        subject, _sep, body = render_to_string("organisations/mail/invitation.txt", context).strip().partition("\n")
    try:
        EmailMessage(subject, body.strip() + "\n", to=[membership.user.email]).send()
    except (SMTPException, OSError):
        return False
    return True


def invite_again(membership: Membership, by: User) -> bool | None:
    """Another letter in the place of the former one; whether the mail server took it, None where the person has accepted."""
    with transaction.atomic():
        membership = _held(membership, by, may_change)
        if membership.accepted_at is not None:
            return None
        _require_letters_left(User.objects.select_for_update().get(pk=membership.user_id))
        note(membership, Action.RESENT, by)
    return send_invitation(membership)


def named_in(token: str) -> tuple[Membership | None, str]:
    """(membership, secret) that a letter of ours names, whatever became of it; (None, "") when forged or expired."""
    try:
        pk, secret = signing.loads(token, salt=_SALT, max_age=INVITATION_DAYS * 24 * 3600)
        return Membership.objects.select_related("user", "organisation").get(pk=pk), secret
    except (signing.BadSignature, ValueError, TypeError, Membership.DoesNotExist):
        return None, ""


def invited_by(token: str) -> Membership | None:
    """The membership that the mailed token invites to; None when it is used, replaced, expired or forged."""
    membership, secret = named_in(token)
    if membership is None or not secret or membership.invitation != secret:
        return None
    waits = membership.accepted_at is None and membership.is_active and membership.organisation.is_open()
    return membership if waits else None


def was_accepted(token: str) -> bool:
    """Whether the letter is one of ours and the person has taken the role up, as after a double click."""
    membership, _secret = named_in(token)
    return membership is not None and membership.accepted_at is not None


@transaction.atomic
def accept(token: str, choose_password: Callable[[], object] | None = None) -> Membership | None:
    """The membership that the person took up by the letter, None where somebody did it in the meantime.

    `choose_password` is called for who has none yet, while the membership is held: of two clicks one counts.
    """
    named = invited_by(token)
    if named is None or not Membership.objects.select_for_update().filter(pk=named.pk).exists():
        return None
    membership = invited_by(token)
    if membership is None:
        return None
    if choose_password is not None:
        choose_password()
    membership.accepted_at, membership.invitation = timezone.now(), ""
    membership.save(update_fields=["accepted_at", "invitation"])
    note(membership, Action.ACCEPTED, membership.user)
    return membership


def _held(membership: Membership, by: User, may: Callable[[User, Membership], bool]) -> Membership:
    """The membership as it is now, held until the transaction ends; refused where `by` may not change it (any more)."""
    held = (
        Membership.objects.select_for_update(of=("self",)).select_related("user", "organisation").get(pk=membership.pk)
    )
    if not may(User.objects.get(pk=by.pk), held):
        raise PermissionDenied
    return held


def change_role(membership: Membership, role: str, by: User) -> Membership:
    """Another role; refuses by PermissionDenied what `by` may not give, by ValidationError what cannot be."""
    with refusing_races(_("Người này đã giữ vai trò đó ở đơn vị.")):
        _require_another_operator(membership)
        held = _held(membership, by, may_change)
        if Role(role) not in grantable_roles(by, held.organisation):
            raise PermissionDenied
        before = held.get_role_display()
        held.role = role
        held.save(update_fields=["role"])
        note(held, Action.ROLE_CHANGED, by, f"{before} → {held.get_role_display()}")
    return held


@transaction.atomic
def set_active(membership: Membership, active: bool, by: User) -> Membership:
    """Suspend or restore; holds from the person's next request."""
    if not active:
        _require_another_operator(membership)
    held = _held(membership, by, may_change if active else may_suspend)
    if held.is_active != active:
        held.is_active = active
        held.save(update_fields=["is_active"])
        note(held, Action.RESTORED if active else Action.SUSPENDED, by)
    return held


def _require_another_operator(membership: Membership) -> None:
    """Refuses what would leave the portal without an operator, while nobody else can take another one away."""
    if not Membership.objects.filter(pk=membership.pk, role=Role.OPERATOR).exists():
        return
    held = Membership.objects.at_work().filter(role=Role.OPERATOR).order_by("pk").select_for_update(of=("self",))
    if not [m for m in held if m.user_id != membership.user_id]:
        raise ValidationError(_("Đây là người quản trị vận hành cuối cùng của Cổng nên không gỡ được."))


def is_last_manager(membership: Membership) -> bool:
    """Whether nobody would manage the organisation without this membership."""
    others = Membership.objects.active().filter(organisation=membership.organisation, role=Role.MANAGER)
    return membership.role == Role.MANAGER and not others.exclude(pk=membership.pk).exists()
