"""What an approver is shown, what is checked and what is published are one object: a revision, by its content."""

import hashlib
import json
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from wagtail.models import Page, Revision, RevisionMixin

# A page, or a request about one (editorial.requests).
Item = TypeVar("Item", bound=models.Model)


@dataclass(frozen=True)
class Submission:
    """A revision as it was read at one moment; another save of it, under whatever number, is another submission."""

    revision: Revision
    digest: str

    @classmethod
    def of(cls, item: RevisionMixin) -> "Submission":
        """What waits of `item` (a page or a request): its latest revision as the database has it now."""
        revision = Revision.objects.select_related("user").get(pk=item.latest_revision_id)
        return cls(revision, digest_of(revision.content))

    def is_named_by(self, revision_id: int, digest: str) -> bool:
        """Whether a form names this revision with this content."""
        return (self.revision.pk, self.digest) == (revision_id, digest)


def digest_of(content: dict[str, object]) -> str:
    """SHA-256 of a revision's content, the same for whatever order its fields stand in."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def hold(item: Item) -> Item:
    """`item` (a page, a request) as it is now; nobody else saves, submits or decides about it before the transaction ends.

    The page first, then what is asked about it: always in this order, or two wait for each other.
    """
    hold_page(getattr(item, "page_id", item.pk))
    items = type(item)._default_manager
    return items.get(pk=item.pk) if isinstance(item, Page) else items.select_for_update(of=("self",)).get(pk=item.pk)


def hold_page(page_id: int) -> Page | None:
    """Take the page's row until the transaction ends; rows that merely point to it can still be written."""
    return Page.objects.select_for_update(of=("self",), no_key=True).filter(pk=page_id).first()
