"""Writes down what happens about signing in."""

import re

from django.http import HttpRequest

from ..addresses import client_address
from ..models import User
from .models import SignInEvent

Kind = SignInEvent.Kind
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("coc_coc", "Cốc Cốc"), ("SamsungBrowser", "Samsung Internet"))
BROWSERS += (("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"))
SYSTEMS += (("Mac OS", "macOS"), ("Linux", "Linux"))


def device_of(request: HttpRequest) -> str:
    """The browser and the system in a few words, as the browser itself tells them: a help for memory, no proof."""
    told = request.META.get("HTTP_USER_AGENT", "")
    names = [next((name for word, name in words if word in told), "") for words in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, names)) or re.sub(r"[^\w ./;()-]", "", told)[:60]


def note(
    kind: Kind, request: HttpRequest | None, user: User | None, by: User | None = None, detail: str = ""
) -> SignInEvent:
    """`by` is who did it, where that is not the person."""
    where = {"address": client_address(request), "device": device_of(request)} if request else {}
    return SignInEvent.objects.create(kind=kind, user=user, by=by, detail=detail[:200], **where)
