"""How often somebody may be wrong: some tries are free, then each costs a longer wait, and no wait is without end.

A try is counted before it is looked at and given back when it was right, so that many at once count as many. It counts for
the account together with the address, for the address, and for the account from wherever. The last is not asked of an address
from which the person has signed in lately: strangers who guess from many places hold nobody off their own desk.
"""

import ipaddress
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .models import SignInEvent, Tries

KNOWN_DAYS = 30


@dataclass(frozen=True)
class Limit:
    """`free` tries cost nothing, the next one `first` seconds, each further one twice that, none more than `most`.

    After `forgotten` seconds without a try all begins anew.
    """

    name: str
    free: int
    first: int
    most: int
    forgotten: int

    def wait(self, count: int) -> timedelta:
        over = count - self.free
        return timedelta(seconds=min(self.first * 2 ** min(over, 20), self.most) if over >= 0 else 0)


HOUR, DAY = 3600, 24 * 3600
PERSON_HERE = Limit("person-here", free=5, first=30, most=HOUR // 4, forgotten=DAY)
PERSON_ANYWHERE = Limit("person", free=20, first=30, most=HOUR // 12, forgotten=HOUR)
ADDRESS = Limit("address", free=50, first=30, most=HOUR // 4, forgotten=HOUR)
RESET_LETTERS = Limit("reset", free=3, first=HOUR // 4, most=DAY // 4, forgotten=DAY)
RESET_ADDRESS = Limit("reset-address", free=20, first=60, most=HOUR // 2, forgotten=HOUR)
# Who is asked for these has given the right password already.
PROOF = Limit("proof", free=5, first=30, most=HOUR // 4, forgotten=DAY)


@dataclass(frozen=True)
class Subject:
    """Whom a limit is counted for."""

    limit: Limit
    value: str

    @property
    def key(self) -> str:
        return salted_hmac("organisations.tries", f"{self.limit.name}:{self.value}", algorithm="sha256").hexdigest()


def take(subjects: list[Subject]) -> timedelta:
    """Count a try of each; gives how long to wait where one must, and then counts none."""
    if not settings.RATE_LIMITS:
        return timedelta()
    with transaction.atomic():
        rows = [(subject.limit, _held(subject)) for subject in sorted(subjects, key=lambda one: one.key)]
        # Looked at only now: who held the rows before us wrote a moment that is not after it.
        now = timezone.now()
        waiting = max((row.free_at - now for _limit, row in rows), default=timedelta())
        if waiting > timedelta():
            return waiting
        for limit, row in rows:
            _count(row, limit, now)
    return timedelta()


def _held(subject: Subject) -> Tries:
    """The row of `subject`, locked until the transaction ends."""
    Tries.objects.get_or_create(subject=subject.key)
    return Tries.objects.select_for_update().get(subject=subject.key)


def _count(row: Tries, limit: Limit, now: datetime) -> None:
    """One more; the first of a new row where the last one is forgotten."""
    is_forgotten = row.last_at < now - timedelta(seconds=limit.forgotten)
    row.count, row.last_at = 1 if is_forgotten else row.count + 1, now
    row.free_at = now + limit.wait(row.count)
    row.save()


def give_back(subjects: list[Subject]) -> None:
    """The try that was just taken was right. It leaves the wrong ones of other people at the address counted."""
    with transaction.atomic():
        for subject in sorted(subjects, key=lambda one: one.key):
            row = Tries.objects.select_for_update().filter(subject=subject.key).first()
            if row is None:
                continue
            row.count = 0 if subject.limit in (PERSON_HERE, PROOF) else max(row.count - 1, 0)
            row.free_at = row.last_at + subject.limit.wait(row.count) if row.count else row.last_at
            row.save()


def of_sign_in(name: str, address: str) -> list[Subject]:
    """Whom signing in as `name` from `address` is counted for, whether or not there is such an account."""
    person, place = plain(name), neighbourhood(address)
    subjects = [Subject(PERSON_HERE, f"{person} {place}"), Subject(ADDRESS, place)]
    return subjects if is_known(name, address) else [*subjects, Subject(PERSON_ANYWHERE, person)]


def of_code(name: str, address: str) -> list[Subject]:
    """Whom a code is counted for, of somebody who has given the right password."""
    person, place = plain(name), neighbourhood(address)
    here = [Subject(PROOF, f"code {person} {place}")]
    return here if is_known(name, address) else [*here, Subject(PERSON_ANYWHERE, f"code {person}")]


def of_reset(email: str, address: str) -> list[Subject]:
    return [Subject(RESET_LETTERS, plain(email)), Subject(RESET_ADDRESS, neighbourhood(address))]


def is_known(name: str, address: str) -> bool:
    """Whether the person has signed in from `address` lately."""
    since = timezone.now() - timedelta(days=KNOWN_DAYS)
    came = SignInEvent.objects.filter(kind=SignInEvent.Kind.SIGNED_IN, at__gt=since)
    return came.filter(user__username=name, address=address).exists()


def plain(name: str) -> str:
    """One spelling of all that differ in case, composition or spaces."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def neighbourhood(address: str) -> str:
    """What one household has: an address of the old kind, the first half of one of the new kind."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else address


def sentence(waiting: timedelta) -> str:
    """What a person reads who has to wait."""
    minutes = -(-int(waiting.total_seconds() + 0.999) // 60)
    return _("Đã thử quá nhiều lần. Xin đợi %(minutes)d phút rồi thử lại.") % {"minutes": max(minutes, 1)}
