"""What the index holds of a page: only what everybody may read."""

import hashlib
import json
from functools import partial

from django.db.models import Prefetch
from django.utils import timezone
from wagtail.models import Page

from documents.models import DocumentFile, DocumentPage, DocumentRegisterPage
from home.media.models import FileText
from home.models import OrganisationHomePage, ProvinceHomePage, StandardPage
from home.visibility import unrestricted
from news.models import NewsPage, NewsSectionPage
from organisations.models import Organisation

from .abbreviations import expanded
from .numbers import codes_in, forms_in, forms_of
from .vietnamese import words_of

LONGEST_BODY = 200_000
LONGEST_FILE = 400_000
LONGEST_SHOWN = 20_000
CODE_WITHIN = 200
MODELS = [
    NewsPage,
    DocumentPage,
    StandardPage,
    NewsSectionPage,
    DocumentRegisterPage,
    OrganisationHomePage,
    ProvinceHomePage,
]


def public_pages():
    """Pages that everybody may read and that the search knows."""
    return Page.objects.live().filter(unrestricted(), expired=False).type(*MODELS)


def build(pks):
    """{page id: document} of those of `pks` that are public; in a number of queries that does not grow with them."""
    pks = set(public_pages().filter(pk__in=pks).values_list("pk", flat=True))
    frame = Frame()
    built = {}
    for model in MODELS:
        left = pks - built.keys()
        if not left:
            break
        for page in prepared(model).filter(pk__in=left):
            document = build_one(page, frame)
            if document:
                built[page.pk] = document
    return built


def prepared(model):
    """Pages of `model` with what build_one reads of them."""
    pages = model.objects.select_related("locale")
    if model is NewsPage:
        return pages.select_related("category").prefetch_related("bylines__contributor")
    if model is DocumentPage:
        files = Prefetch("files", DocumentFile.objects.select_related("file__words"))
        return pages.select_related("field").prefetch_related("document_issuers__issuer", files)
    return pages


class Frame:
    """Organisations by the path of their home page, read once for many pages; Wagtail keeps the sites' roots on it too."""

    def __init__(self):
        rows = Organisation.objects.select_related("home_page")
        self.homes = {organisation.home_page.path: organisation for organisation in rows}
        self.today = timezone.localdate()

    def organisation(self, page):
        """The one whose tree `page` stands in; a translated tree's is that of the home page it translates."""
        for length in range(len(page.path), 0, -Page.steplen):
            if page.path[:length] in self.homes:
                return self.homes[page.path[:length]]
        root = Page.objects.filter(path=page.path[: 2 * Page.steplen]).first()
        origin = root and Organisation.objects.filter(home_page__translation_key=root.translation_key).first()
        if origin:
            self.homes[root.path] = origin
        return origin


def build_one(page, frame):
    """The document of a public page, or None for one without an address or an organisation."""
    organisation, url = frame.organisation(page), page.get_full_url(frame)
    if organisation is None or not url:
        return None
    english = page.locale.language_code == "en"
    parts = PARTS[type(page)](page)
    title = parts.pop("heading", page.title)
    texts = [text for text in parts.pop("texts") if text]
    attached = parts.pop("attached", [])
    files = [text for words in attached for text in cut(words.pages, LONGEST_FILE)]
    document = {
        "id": str(page.pk),
        "locale": page.locale.language_code,
        "site": organisation.code,
        "closed": not organisation.is_open(frame.today),
        "title_en" if english else "title": searched(title, english),
        "body_en" if english else "body": [searched(text, english) for text in [*texts, *files]],
        "title_numbers": forms_in(title),
        "cited_numbers": forms_in("\n".join(texts)[:LONGEST_BODY]),
        "suggest": [suggestion(text) for text in [title, *parts.pop("starts", [])]],
        "shown": {
            "title": title,
            "text": "\n".join(texts)[:LONGEST_SHOWN],
            "url": url,
            "site_name": (organisation.name_en if english else "") or organisation.name,
            "lead": parts.pop("lead", ""),
            "files": [words.pk for words in attached if words.pages],
        },
        **{key: value for key, value in parts.items() if value not in (None, "", [])},
    }
    digest = hashlib.sha256(json.dumps(document, sort_keys=True, default=str).encode()).hexdigest()[:24]
    return document | {"digest": digest}


def searched(text, english):
    """A text as the index analyses it."""
    return text if english else " ".join(words_of(expanded(text)))


def suggestion(title):
    """What a suggestion starts with: the title without the word that half of them start with."""
    words = words_of(title)
    return " ".join(words[2:] if words[:2] == ["thủ", "tục"] and len(words) > 2 else words)[:300]


def body_texts(page):
    """Plain texts of the blocks of a page's body."""
    body = getattr(page, "body", None)
    return body.stream_block.get_searchable_content(body) if body else []


def article_parts(page):
    published, texts = page.published_at or page.first_published_at, [page.lead, *body_texts(page)]
    return {
        "kind": page.genre,
        "group": "news",
        "field": page.category.name if page.category else "",
        "published": published,
        "year": timezone.localtime(published).year if published else None,
        "texts": [*texts, *(byline.contributor.pen_name for byline in page.bylines.all())],
        "attached": files_of(page),
        "lead": page.lead,
        "own_numbers": own_numbers(page.title, texts),
    }


def own_numbers(title, texts):
    """A number that the title starts with, and the code of a procedure that the text starts with."""
    numbers = forms_in(title) if title[:1].isdigit() else []
    return sorted({*numbers, *codes_in(" ".join(texts)[:CODE_WITHIN])})


def document_parts(page):
    issuers = [row.issuer.name for row in page.document_issuers.all()]
    return {
        "heading": f"{page.name}: {page.abstract}" if page.number else page.abstract,
        "starts": [page.abstract],
        "kind": page.kind,
        "group": "document",
        "field": page.field.name if page.field else "",
        "issuer": issuers,
        "published": page.issued,
        "year": page.issued.year,
        "from_day": page.from_day,
        "until_day": page.until_day,
        "partly_day": page.partly_day,
        "suspended_day": page.suspended_day,
        "resumed_day": page.resumed_day,
        "override": page.status_override,
        "sample": page.is_sample or None,
        "own_numbers": forms_of(page.number),
        "texts": [page.abstract, *body_texts(page), page.signer, *issuers],
        "attached": [row.file.words for row in page.files.all() if hasattr(row.file, "words")],
        "lead": page.abstract,
    }


def files_of(page):
    """Words of the files that stand in an article's body."""
    raw = page.body.raw_data if page.body else []
    ids = [pk for block in raw if block["type"] == "files" for pk in _file_ids(block["value"])]
    return list(FileText.objects.filter(file__in=ids).select_related("file")) if ids else []


def _file_ids(value):
    items = value.get("items", []) if isinstance(value, dict) else []
    return [item["value"] if isinstance(item, dict) else item for item in items]


def cut(texts, most):
    """The first of `texts`, together at most `most` characters."""
    kept, length = [], 0
    for text in texts:
        if length + len(text) > most:
            break
        kept.append(text)
        length += len(text)
    return kept


def plain_parts(page, kind):
    return {
        "kind": kind,
        "group": "page",
        "published": page.first_published_at,
        "texts": [getattr(page, "introduction", ""), page.search_description, *body_texts(page)],
    }


PARTS = {
    NewsPage: article_parts,
    DocumentPage: document_parts,
    StandardPage: partial(plain_parts, kind="trang"),
    NewsSectionPage: partial(plain_parts, kind="chuyen-muc"),
    DocumentRegisterPage: partial(plain_parts, kind="chuyen-muc"),
    OrganisationHomePage: partial(plain_parts, kind="trang-chu"),
    ProvinceHomePage: partial(plain_parts, kind="trang-chu"),
}
