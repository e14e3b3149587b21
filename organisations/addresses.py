"""Which address a request comes from."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that asks: as the nearest of our own proxies saw it, or the connection's where there is none.

    What a client itself writes into the header stands further left and is not believed.
    """
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.PROXIES and len(hops) >= settings.PROXIES and hops[-settings.PROXIES].strip():
        return hops[-settings.PROXIES].strip()[:64]
    return request.META.get("REMOTE_ADDR", "")
