"""How often one address may ask: enough for any person, too little for a machine that asks without end."""

import time
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from organisations.addresses import client_address


def limited(name, most, seconds=60):
    """Decorate a view: more than `most` requests of one address in `seconds` are answered 429, in the caller's language."""

    def decorate(view):
        @wraps(view)
        def inner(request, *args, **kwargs):
            if settings.RATE_LIMITS and _count(name, request, seconds) > most:
                return _refused(request, seconds)
            return view(request, *args, **kwargs)

        return inner

    return decorate


def _count(name, request, seconds):
    window = int(time.time()) // seconds
    key = f"limit:{name}:{client_address(request)}:{window}"
    cache.add(key, 0, seconds * 2)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two lines
        return 1


def _refused(request, seconds):
    text = _("Bạn hỏi quá nhanh. Xin đợi một phút rồi thử lại.")
    if request.path.startswith("/api/"):
        response = JsonResponse({"errors": {"": text}}, status=429, json_dumps_params={"ensure_ascii": False})
    else:
        response = HttpResponse(text, status=429, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = str(seconds)
    return response
