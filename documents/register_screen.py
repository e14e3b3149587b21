"""The page of a register: what a reader asked for, and the same as a file."""

import datetime
from urllib.parse import urlencode

from django.utils import timezone

from home.screens import answers, context_of

from . import exports
from .finding import RegisterForm
from .lists import DocumentPaginator, counts_by_kind, documents_of, issuers_of
from .models import DocumentRegisterPage, Issuer


@answers(DocumentRegisterPage, "dang")
def serve_export(register, request):
    """What the register finds as a file; None for the page itself, with the reason, where that cannot be."""
    everything = documents_of(register)
    form = RegisterForm(request.GET, Issuer.objects.all())
    format = request.GET["dang"]
    if format not in exports.FORMATS or not form.is_valid():
        return None
    found = form.narrow(everything)
    if found.order_by()[: exports.MOST_ROWS + 1].count() > exports.MOST_ROWS:
        return None
    return exports.export(found, form.day, format)


@context_of(DocumentRegisterPage)
def register_context(register, request):
    """`form`, `documents` (a page), `kinds` with their numbers, `day`, and `query` without the page's number."""
    everything = documents_of(register)
    name = f"{register.pk}:{datetime.date.today():%Y%m%d}"
    form = RegisterForm(request.GET, issuers_of(everything, name))
    found = form.narrow(everything) if form.is_valid() else everything.none()
    day = form.day if form.is_valid() else timezone.localdate()
    pairs = [(key, value) for key, value in request.GET.items() if key not in {"trang", "dang"} and value]
    kinds = [] if pairs else counts_by_kind(everything, name)
    paginator = DocumentPaginator(found, day, scanned=form.is_valid() and form.scans)
    if not pairs:
        paginator.count = sum(number for _kind, _label, number in kinds)
    return {
        "form": form,
        "documents": paginator.get_page(request.GET.get("trang", "1")),
        "formats": list(exports.FORMATS) if 0 < paginator.count <= exports.MOST_ROWS else [],
        "asked_format": request.GET.get("dang", ""),
        "most_rows": exports.MOST_ROWS,
        "feeds": [{"title": register.title, "url": f"{register.get_url(request)}rss.xml"}],
        "kinds": kinds,
        "day": day,
        "is_narrowed": bool(pairs),
        "query": urlencode(pairs),
    }
