"""Codes of an app on the phone (RFC 6238), and the recovery codes of who has lost it. Each code is taken once."""

import base64
import hashlib
import hmac
import secrets
import time
import unicodedata

import pyotp
import segno
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from ..models import User
from .models import RecoveryCode, SecondFactor

STEP_SECONDS = 30
# A clock may be wrong by one half minute either way.
DRIFT = (0, -1, 1)
RECOVERY_CODES = 10
# Without signs that are taken for one another.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
ISSUER = "Cổng Quảng Ngãi"


def _safe() -> MultiFernet:
    """Seals with the present key of the portal, opens with its former ones too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"organisations.second-factor:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def new_secret() -> str:
    return pyotp.random_base32()


def picture(secret: str, user: User) -> str:
    """What the phone's camera reads, as an address that carries the drawing itself."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.get_username(), issuer_name=ISSUER)
    return segno.make(uri, micro=False).svg_data_uri(scale=6, border=4, light="#fff")


def plain(code: str) -> str:
    """A code as it was meant: digits of any script or width, without the spaces and dashes that people add."""
    composed = unicodedata.normalize("NFKC", code).upper()
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in composed if sign.isalnum())


def step_of(secret: str, code: str) -> int | None:
    """The half minute whose code this is; None for a wrong or an old one."""
    now = int(time.time()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (now + drift for drift in DRIFT):
        if hmac.compare_digest(totp.at(step * STEP_SECONDS).encode(), plain(code).encode()):
            return step
    return None


@transaction.atomic
def set_up(user: User, secret: str, code: str) -> list[str] | None:
    """`user` has the app with `secret` from now on; gives new recovery codes, or None where `code` is wrong."""
    step = step_of(secret, code)
    if step is None:
        return None
    # Of two at once, the second waits here and then replaces the first, codes included.
    User.objects.select_for_update().get(pk=user.pk)
    SecondFactor.objects.filter(user=user).delete()
    SecondFactor.objects.create(user=user, secret=_safe().encrypt(secret.encode()).decode(), last_step=step)
    return _new_recovery_codes(user)


def _new_recovery_codes(user: User) -> list[str]:
    codes = ["".join(secrets.choice(LETTERS) for _sign in range(10)) for _code in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _digest(code: str) -> str:
    return salted_hmac("organisations.recovery-code", plain(code), algorithm="sha256").hexdigest()


@transaction.atomic
def take_code(user: User, code: str) -> bool:
    """Whether the app shows `code` and nobody has used it or a later one."""
    factor = SecondFactor.objects.select_for_update().filter(user=user).first()
    if factor is None:
        return False
    step = step_of(_safe().decrypt(factor.secret.encode()).decode(), code)
    if step is None or step <= factor.last_step:
        return False
    factor.last_step = step
    factor.save(update_fields=["last_step"])
    return True


def take_recovery_code(user: User, code: str) -> bool:
    """Whether `code` is one of the person's; it is gone then."""
    gone, _by_model = RecoveryCode.objects.filter(user=user, digest=_digest(code)).delete()
    return bool(gone)


@transaction.atomic
def take_away(user: User) -> bool:
    """The person signs in by password alone again; whether there was something to take away."""
    gone, _by_model = SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    return bool(gone)
