"""RSS of a register: the documents that went public last."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from home.addresses import root_of
from home.context import official_name
from home.rss import rss_of
from home.screens import feed_of

from .lists import documents_of
from .models import DocumentPage, DocumentRegisterPage

ITEMS = 30


@feed_of(DocumentRegisterPage)
def register_feed(register, request):
    """The response with the feed of `register`."""
    newest = documents_of(register).order_by("-first_published_at", "-pk").values_list("pk", flat=True)[:ITEMS]
    site = official_name(request.frame)
    content = rss_of(
        DocumentPage.objects.in_order(list(newest)),
        lambda document: _item(request, document),
        title=f"{register.title} – {site}",
        link=register.get_full_url(request),
        description=gettext("Văn bản mới của %(title)s") % {"title": site},
        language=get_language(),
        feed_url=f"{root_of(request)}{request.path}",
        ttl="15",
    )
    return HttpResponse(content, content_type="application/rss+xml; charset=utf-8")


def _item(request, document):
    link = document.get_full_url(request)
    return {
        "title": f"{document.name}: {document.abstract}"[:500] if document.number else document.title,
        "link": link,
        "description": document.abstract,
        "unique_id": link,
        "unique_id_is_permalink": True,
        "pubdate": timezone.localtime(document.first_published_at) if document.first_published_at else None,
        "author_name": ", ".join(row.issuer.name for row in document.document_issuers.all()),
        "categories": [str(document.get_kind_display()), *([document.field.name] if document.field else [])],
    }
