"""What the index holds of a page: only what everybody may read."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from home.media.models import FileText
from home.visibility import unrestricted_now
from organisations.models import Organisation
from organisations.scoping import homes_by_path

from .abbreviations import expanded
from .kinds.kind import Parts
from .kinds.table import public_kinds, public_models
from .numbers import forms_in
from .vietnamese import words_of

logger = logging.getLogger(__name__)
Result = TypeVar("Result")
LONGEST_BODY = 200_000
LONGEST_FILE = 400_000
LONGEST_SHOWN = 20_000


def public_pages() -> "QuerySet[Page]":
    """Pages that everybody may read and that the search knows, as the database says it at this moment."""
    return Page.objects.live().filter(unrestricted_now(), expired=False).type(*public_models())


def build(pks: Iterable[int], unreadable: dict[int, str] | None = None) -> dict[int, dict[str, Any]]:
    """{page id: document} of those of `pks` that are public; in a number of queries that does not grow with them.

    A page whose content cannot be read is left out, logged, and noted in `unreadable` with the reason.
    """
    left = set(public_pages().filter(pk__in=pks).values_list("pk", flat=True))
    faults: dict[int, str] = {} if unreadable is None else unreadable
    taken: list[tuple[Page, str, Parts]] = []
    for kind in public_kinds():
        if left:
            pages = list(kind.prepared(kind.model.objects.select_related("locale").filter(pk__in=left)))
            read = {page.pk: readable(partial(kind.parts, page), page, faults) for page in pages}
            taken += [(page, kind.group.name, parts) for page in pages if (parts := read[page.pk])]
            left -= read.keys()
    words, owners = words_of_files({pk for _page, _group, parts in taken for pk in parts.files}), Owners()
    built = {
        page.pk: readable(partial(build_one, page, group, parts, words, owners), page, faults)
        for page, group, parts in taken
    }
    return {pk: document for pk, document in built.items() if document}


def readable(read: Callable[[], Result], page: Page, unreadable: dict[int, str]) -> Result | None:
    """What `read` gives; None where the content of `page` is in its way. A database that fails is no fault of the page."""
    try:
        return read()
    except DatabaseError:
        raise
    except Exception as error:
        logger.exception("Page %s cannot be read for the search", page.pk)
        unreadable[page.pk] = f"{type(error).__name__}: {error}"
        return None


def words_of_files(pks: set[int]) -> dict[int, FileText]:
    """{file id: its words}, of those of `pks` that have been read."""
    return FileText.objects.in_bulk(pks) if pks else {}


class Owners:
    """Organisations by the paths of their home pages, read once for many pages; Wagtail keeps the sites' roots on it too."""

    def __init__(self) -> None:
        self.homes = homes_by_path(Organisation.objects.select_related("home_page"))
        self.today = timezone.localdate()

    def organisation(self, page: Page) -> Organisation | None:
        """The one in whose tree, in whatever language, `page` stands."""
        for length in range(len(page.path), 0, -Page.steplen):
            if page.path[:length] in self.homes:
                return self.homes[page.path[:length]]
        return None


def build_one(
    page: Page, group: str, parts: Parts, words: dict[int, FileText], owners: Owners
) -> dict[str, Any] | None:
    """The document of a public page, or None for one without an address or an organisation."""
    organisation, url = owners.organisation(page), page.get_full_url(owners)
    if organisation is None or not url:
        return None
    english = page.locale.language_code == "en"
    title = parts.heading or page.title
    texts = [text for text in parts.texts if text]
    attached = [words[pk] for pk in parts.files if pk in words]
    files = [text for file in attached for text in cut(file.pages, LONGEST_FILE)]
    document = {
        "id": str(page.pk),
        "locale": page.locale.language_code,
        "site": organisation.code,
        "closed": not organisation.is_open(owners.today),
        "kind": parts.kind,
        "group": group,
        "title_en" if english else "title": searched(title, english),
        "body_en" if english else "body": [searched(text, english) for text in [*texts, *files]],
        "title_numbers": forms_in(title),
        "cited_numbers": forms_in("\n".join(texts)[:LONGEST_BODY]),
        "suggest": [suggestion(text) for text in [title, *parts.starts]],
        "shown": {
            "title": title,
            "text": "\n".join(texts)[:LONGEST_SHOWN],
            "url": url,
            "site_name": (organisation.name_en if english else "") or organisation.name,
            "lead": parts.lead,
            "files": [file.pk for file in attached if file.pages],
        },
        **{name: value for name, value in parts.facts.items() if value not in (None, "", [])},
    }
    return document | {"digest": digest_of(document)}


def digest_of(document: dict[str, Any]) -> str:
    """Changes when anything in the document changes."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, default=str).encode()).hexdigest()[:24]


def searched(text: str, english: bool) -> str:
    """A text as the index analyses it."""
    return text if english else " ".join(words_of(expanded(text)))


def suggestion(title: str) -> str:
    """What a suggestion starts with: the title without the word that half of them start with."""
    words = words_of(title)
    return " ".join(words[2:] if words[:2] == ["thủ", "tục"] and len(words) > 2 else words)[:300]


def cut(texts: list[str], most: int) -> list[str]:
    """The first of `texts`, together at most `most` characters."""
    kept, length = [], 0
    for text in texts:
        if length + len(text) > most:
            break
        kept.append(text)
        length += len(text)
    return kept
