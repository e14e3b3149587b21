"""Writes down what happens about signing in."""

import re

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from ..addresses import client_address
from ..models import User
from .models import SignInEvent

Kind = SignInEvent.Kind
# What a browser's own line of words contains, the telling word first: most also name the browsers they descend from.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "coc_coc": "Cốc Cốc",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def person_of(request: HttpRequest) -> User:
    """Who asks; nobody comes to a screen of the admin without having signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def device_of(request: HttpRequest) -> str:
    """The browser and the system in a few words, as the browser itself tells them: a help for memory, no proof."""
    told = request.META.get("HTTP_USER_AGENT", "")
    names = [next((name for word, name in words.items() if word in told), "") for words in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, names)) or re.sub(r"[^\w ./;()-]", "", told)[:60]


def note(
    kind: Kind, request: HttpRequest | None, user: User | None, by: User | None = None, detail: str = ""
) -> SignInEvent:
    """`by` is who did it, where that is not the person."""
    where = {"address": client_address(request), "device": device_of(request)} if request else {}
    return SignInEvent.objects.create(kind=kind, user=user, by=by, detail=detail[:200], **where)
