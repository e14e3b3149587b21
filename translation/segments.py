"""The segments of a page beside their translations, as wagtail-localize stores them; the digest of a Vietnamese text."""

import hashlib
from dataclasses import dataclass

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from search.kinds.table import label_of_text

# Made from the English title, not translated.
MADE = {"slug"}
# Fields that every page has; those of its own are called what editors call them.
LABELS = {
    "title": "Tiêu đề",
    "seo_title": "Tiêu đề cho công cụ tìm kiếm",
    "search_description": "Mô tả cho công cụ tìm kiếm",
    "body": "Nội dung",
}


@dataclass
class TranslatedSegment:
    """One segment of the desk: `source` may hold inline tags; `translation` is None before the first save."""

    segment: StringSegment
    source: str
    path: str
    translation: StringTranslation | None
    model: type[Page]

    @property
    def pk(self):
        return self.segment.pk

    @property
    def text(self):
        return self.translation.data if self.translation else ""

    @property
    def label(self):
        name = self.path.split(".")[0]
        return LABELS.get(name) or label_of_text(self.model, name)

    @property
    def is_machine(self):
        return (
            self.translation is not None
            and self.translation.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
        )

    @property
    def seen(self):
        """Says which text the person had before them, so that two translators do not overwrite each other."""
        return stamp(self.text)


def stamp(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def english():
    return Locale.objects.get(language_code="en")


def rows_of(source, locale=None):
    """The segments of a TranslationSource in the order of the page, in two queries."""
    locale = locale or english()
    segments = source.stringsegment_set.select_related("string", "context").order_by("order", "pk")
    segments = [segment for segment in segments if segment.context.path not in MADE]
    found = StringTranslation.objects.filter(
        locale=locale, context__in={segment.context_id for segment in segments}
    ).select_related("confirmed", "last_translated_by")
    known = {(one.translation_of_id, one.context_id): one for one in found}
    return [
        TranslatedSegment(
            segment,
            segment.string.data,
            segment.context.path,
            known.get((segment.string_id, segment.context_id)),
            source.specific_content_type.model_class(),
        )
        for segment in segments
    ]


def digest_of(page):
    """Changes when a text of `page` that is translated changes."""
    texts = [
        f"{value.path}\0{value.string.data}"
        for value in extract_segments(page)
        if isinstance(value, StringSegmentValue) and value.path not in MADE
    ]
    return hashlib.sha256("\1".join(texts).encode()).hexdigest()[:32]
