"""What is typed arrives composed: Vietnamese text is NFC, and without signs that nobody sees, everywhere behind this middleware."""

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from organisations.text import composed

Form = TypeVar("Form", bound=QueryDict)
# What people who are not signed in send: a question to the search, a name and a password.
MOST_OF_THE_ANONYMOUS = 256 * 1024
# A control, a noncharacter or half a character, as JSON writes them; Draftail sends rich text as JSON.
_ESCAPED = re.compile(r"\\u(?:00[01][0-9a-f]|00[7-9][0-9a-f]|d[89a-f]|fdd|fff|200|202|206)", re.IGNORECASE)


def composed_value(value: str) -> str:
    """`value` of a form field composed; in JSON, what stands behind its escapes too."""
    if value.startswith(("{", "[")) and _ESCAPED.search(value):
        try:
            return json.dumps(_composed_json(json.loads(value)), ensure_ascii=False)
        except (ValueError, RecursionError):
            pass
    return composed(value)


def _composed_json(value: Any) -> Any:
    if isinstance(value, str):
        return composed(value)
    if isinstance(value, list):
        return [_composed_json(part) for part in value]
    if isinstance(value, dict):
        return {key: _composed_json(part) for key, part in value.items()}
    return value


def compose_query(querydict: Form) -> Form:
    """Return `querydict` itself when all its values are composed already, else a composed copy."""
    changed = {}
    for key, values in querydict.lists():
        clean = [composed_value(value) for value in values]
        if clean != values:
            changed[key] = clean
    if not changed:
        return querydict
    copy: Any = querydict.copy()
    for key, values in changed.items():
        copy.setlist(key, values)
    copy._mutable = False
    composed_form: Form = copy
    return composed_form


class ComposedTextMiddleware:
    """Compose query strings, form posts and names of uploaded files.

    A form is looked at only when its view is about to run: what comes without the CSRF token costs nothing here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = compose_query(request.GET)
        if _length(request) > MOST_OF_THE_ANONYMOUS and not request.user.is_authenticated:
            sentence = _("Nội dung gửi lên dài quá mức cho phép. Hãy rút ngắn, hoặc đăng nhập rồi gửi lại.")
            return HttpResponse(sentence, status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.method != "POST" or (request.content_type or "").startswith("application/json"):
            return
        request.POST = compose_query(request.POST)
        for files in request.FILES.lists():
            for file in files[1]:
                file.name = composed(file.name or "")


def _length(request: HttpRequest) -> int:
    """What the request says of its body; the server reads no more than that."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else 0
