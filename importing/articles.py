"""How lines become articles: the page of a line's object, saved. importing.engine says what a taker is."""

import html
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from django.utils import timezone
from wagtail.models import Page

from home.lines import LineError, shortened
from news.models import Byline, Category, Contributor, NewsPage
from news.sections import sections_of
from organisations.folding import fold
from organisations.models import Organisation, User

from . import saving
from .article_line import ArticleLine, article_line
from .blocks import blocks_of
from .files import AttachedFiles
from .outcome import Outcome

TITLE_LENGTH, LEAD_LENGTH, SOURCE_LENGTH, PEN_NAME_LENGTH, MOST_AUTHORS = 255, 600, 200, 100, 100


class ArticleTaker:
    """Articles go into the first section of the site."""

    def __init__(self, organisation: Organisation, folder: Path, user: User | None = None) -> None:
        self.organisation = organisation
        self.files = AttachedFiles(folder, organisation)
        section = next(iter(sections_of(organisation).values()), None)
        if section is None:
            raise LineError("trang này chưa có chuyên mục tin nào để nhập vào.")
        self.section = section
        names = Category.objects.values_list("pk", "name", "slug")
        self.categories = {fold(key): pk for pk, *keys in names for key in keys}

    def take(self, data: dict[str, Any], outcome: Outcome) -> Page:
        line = article_line(data)
        page = outcome.page
        if page:
            page = saving.to_change(page)
        else:
            page = NewsPage(live=False, locale=self.section.locale, section=self.section, publisher=self.organisation)
        self._describe(page, line, outcome)
        self._save(page, line, outcome)
        return page

    def _describe(self, page: NewsPage, line: ArticleLine, outcome: Outcome) -> None:
        notes = outcome.notes
        page.title, whole_title = _title(line, notes)
        page.lead = _lead(line, notes)
        page.category_id = self._category(line, notes)
        page.source_name, page.source_url = _source(line, notes)
        page.body = cast(Any, whole_title + self._blocks(line, notes))
        page.main_image = self.files.image(line.image, line.title, notes) if line.image else None
        page.main_image_alt = page.title if page.main_image else ""
        page.bylines.set(self._bylines(line, notes))

    def _category(self, line: ArticleLine, notes: list[str]) -> int | None:
        pk = self.categories.get(fold(line.category)) if line.category else None
        if line.category and pk is None:
            notes.append(f"không có lĩnh vực “{line.category[:100]}”, bài được đưa vào không kèm lĩnh vực.")
        return pk

    def _bylines(self, line: ArticleLine, notes: list[str]) -> list[Byline]:
        names = list(dict.fromkeys(shortened(name, PEN_NAME_LENGTH) for name in line.authors))
        if len(names) > MOST_AUTHORS:
            notes.append(f"quá {MOST_AUTHORS} tác giả, chỉ nhận {MOST_AUTHORS} người đầu.")
        names = names[:MOST_AUTHORS]
        share, rest = divmod(100, len(names) or 1)
        return [
            Byline(
                contributor=Contributor.objects.get_or_create(organisation=self.organisation, pen_name=name)[0],
                share=share + (1 if order < rest else 0),
                sort_order=order,
            )
            for order, name in enumerate(names)
        ]

    def _blocks(self, line: ArticleLine, notes: list[str]) -> list[dict[str, Any]]:
        blocks = blocks_of(line.body, line.title, self.files, notes)
        files = [self.files.document(name, notes) for name in line.attachments if not is_picture(name)]
        shown = {line.image, *(value["src"] for kind, value in line.body.blocks if kind == "image")}
        unused = [name for name in line.attachments if is_picture(name) and name not in shown]
        notes += [f"bỏ ảnh đính kèm “{name[:100]}”: bài không dùng đến." for name in unused]
        items = [file.pk for file in files if file]
        return blocks + ([{"type": "files", "value": {"title": "", "items": items}}] if items else [])

    def _save(self, page: NewsPage, line: ArticleLine, outcome: Outcome) -> None:
        past = line.published is not None and line.published <= timezone.now() and not outcome.holds
        if page.pk is None:
            page.published_at = line.published if past else None
            saving.add(self.section, page, page.published_at)
            return
        page.published_at = line.published if past else page.published_at
        NewsPage.objects.filter(pk=page.pk).update(published_at=page.published_at)
        saving.change(page, publishes=past)


def _title(line: ArticleLine, notes: list[str]) -> tuple[str, list[dict[str, Any]]]:
    """(title, blocks before the text): what does not fit into a title stands whole at the head of the text."""
    if len(line.title) <= TITLE_LENGTH:
        return line.title, []
    notes.append(f"tít dài {len(line.title)} ký tự, cắt còn {TITLE_LENGTH}; cả tít ở đầu bài.")
    whole = f"<p><b>{html.escape(line.title, quote=False)}</b></p>"
    return shortened(line.title, TITLE_LENGTH), [{"type": "paragraph", "value": whole}]


def _lead(line: ArticleLine, notes: list[str]) -> str:
    text = line.lead or shortened(line.body.first_text, 300) or line.title
    if len(text) > LEAD_LENGTH:
        notes.append(f"sapo dài {len(text)} ký tự, cắt còn {LEAD_LENGTH}.")
    return shortened(text, LEAD_LENGTH)


def _source(line: ArticleLine, notes: list[str]) -> tuple[str, str]:
    """(name, address) of where the article was first published."""
    try:
        address = urlsplit(line.source)
        host = address.hostname
    except ValueError:
        host = None
    if host and address.scheme in {"http", "https"} and len(line.source) <= SOURCE_LENGTH:
        return host, line.source
    if len(line.source) > SOURCE_LENGTH:
        notes.append("tên nguồn quá dài, đã cắt bớt.")
    return shortened(line.source, SOURCE_LENGTH), ""


def is_picture(name: str) -> bool:
    return name.lower().endswith((".jpg", ".jpeg", ".png", ".gif", ".webp"))
