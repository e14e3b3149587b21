"""What is typed arrives composed: Vietnamese text is NFC everywhere behind this middleware."""

from organisations.text import composed


def compose_query(querydict):
    """Return `querydict` itself when all its values are composed already, else a composed copy."""
    if all(v == composed(v) for values in querydict.lists() for v in values[1]):
        return querydict
    copy = querydict.copy()
    for key, values in querydict.lists():
        copy.setlist(key, [composed(v) for v in values])
    copy._mutable = False
    return copy


class ComposedTextMiddleware:
    """Compose query strings and form posts, since some keyboards send decomposed letters."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.GET = compose_query(request.GET)
        if request.method == "POST" and not request.content_type.startswith("application/json"):
            request.POST = compose_query(request.POST)
        return self.get_response(request)
