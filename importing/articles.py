"""How articles of another system become articles here (importing.engine)."""

import datetime
import html
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils import timezone

from home.html import TooDeepError, body_of
from home.lines import LineError, moment, shortened, text_of, texts
from home.live import add_live
from home.slugs import vietnamese_slug
from news.models import Byline, Category, Contributor, NewsPage
from news.sections import sections_of
from organisations.folding import fold

from .files import AttachedFiles

MOST_TITLE, TITLE_LENGTH, LEAD_LENGTH, SOURCE_LENGTH, PEN_NAME_LENGTH = 1000, 255, 600, 200, 100
TEXT_FIELDS = ("title", "body", "published", "lead", "category", "source", "image")


@dataclass
class Item:
    """A line that was understood."""

    title: str
    lead: str
    body: object
    published: datetime.datetime | None
    category: str
    authors: list
    source: str
    image: str
    attachments: list


def item_of(data):
    """The item of a line's object; raises LineError."""
    fields = {key: text_of(data, key) for key in TEXT_FIELDS}
    title = _title(fields["title"])
    try:
        body = body_of(fields["body"])
    except TooDeepError as error:
        raise LineError("nội dung lồng quá nhiều lớp hoặc bảng quá lớn.") from error
    return Item(
        title=title,
        lead=" ".join(fields["lead"].split()),
        body=body,
        published=moment(fields["published"]),
        category=fields["category"],
        authors=texts(data.get("author"), "author"),
        source=fields["source"],
        image=fields["image"],
        attachments=texts(data.get("attachments"), "attachments"),
    )


def _title(value):
    title = " ".join(value.split())
    if not title:
        raise LineError("thiếu “title”.")
    if len(title) > MOST_TITLE:
        raise LineError(f"tít dài {len(title)} ký tự, tối đa {MOST_TITLE}.")
    if not vietnamese_slug(title):
        raise LineError("tít phải có chữ hoặc số, không thể chỉ gồm biểu tượng.")
    return title


class ArticleTaker:
    """Articles go into the first section of the site."""

    def __init__(self, organisation, folder, user=None):
        self.organisation = organisation
        self.files = AttachedFiles(folder, organisation)
        self.section = next(iter(sections_of(organisation).values()), None)
        if self.section is None:
            raise LineError("trang này chưa có chuyên mục tin nào để nhập vào.")
        names = Category.objects.values_list("pk", "name", "slug")
        self.categories = {fold(key): pk for pk, *keys in names for key in keys}

    def take(self, data, outcome):
        item = item_of(data)
        page = outcome.page
        if page:
            page = page.get_latest_revision_as_object()
        else:
            page = NewsPage(live=False, locale=self.section.locale, section=self.section, publisher=self.organisation)
        self._describe(page, item, outcome)
        return self._save(page, item)

    def _describe(self, page, item, outcome):
        page.title = self._title(item, outcome)
        page.lead = self._lead(item, outcome)
        page.category_id = self._category(item, outcome)
        page.source_name, page.source_url = self._source(item, outcome)
        page.body = self._blocks(item, outcome)
        page.main_image = self.files.image(item.image, item.title, outcome.notes) if item.image else None
        page.main_image_alt = page.title if page.main_image else ""
        page.bylines = self._bylines(item, outcome)

    def _title(self, item, outcome):
        """What does not fit into a title stands whole at the head of the text."""
        if len(item.title) > TITLE_LENGTH:
            outcome.notes.append(f"tít dài {len(item.title)} ký tự, cắt còn {TITLE_LENGTH}; cả tít ở đầu bài.")
            item.body.blocks.insert(0, ("paragraph", f"<p><b>{html.escape(item.title, quote=False)}</b></p>"))
        return shortened(item.title, TITLE_LENGTH)

    def _lead(self, item, outcome):
        text = item.lead or shortened(item.body.first_text, 300) or item.title
        if len(text) > LEAD_LENGTH:
            outcome.notes.append(f"sapo dài {len(text)} ký tự, cắt còn {LEAD_LENGTH}.")
        return shortened(text, LEAD_LENGTH)

    def _category(self, item, outcome):
        if not item.category:
            return None
        pk = self.categories.get(fold(item.category))
        if pk is None:
            outcome.notes.append(f"không có lĩnh vực “{item.category[:100]}”, bài được đưa vào không kèm lĩnh vực.")
        return pk

    def _source(self, item, outcome):
        """(name, address) of where the item was first published."""
        address = urlsplit(item.source)
        if address.scheme in {"http", "https"} and address.hostname and len(item.source) <= SOURCE_LENGTH:
            return address.hostname, item.source
        if len(item.source) > SOURCE_LENGTH:
            outcome.notes.append("tên nguồn quá dài, đã cắt bớt.")
        return shortened(item.source, SOURCE_LENGTH), ""

    def _bylines(self, item, outcome):
        names = list(dict.fromkeys(shortened(name, PEN_NAME_LENGTH) for name in item.authors))
        if len(names) > 100:
            outcome.notes.append("quá 100 tác giả, chỉ nhận 100 người đầu.")
        names = names[:100]
        share, rest = divmod(100, len(names) or 1)
        return [
            Byline(
                contributor=Contributor.objects.get_or_create(organisation=self.organisation, pen_name=name)[0],
                share=share + (1 if order < rest else 0),
                sort_order=order,
            )
            for order, name in enumerate(names)
        ]

    def _blocks(self, item, outcome):
        blocks = []
        for kind, value in item.body.blocks:
            if kind == "image":
                value = self._picture(value, item, outcome)
            if value:
                blocks.append({"type": kind, "value": value})
        files = [self.files.document(name, outcome.notes) for name in item.attachments if not is_picture(name)]
        files = [file.pk for file in files if file]
        return blocks + ([{"type": "files", "value": {"title": "", "items": files}}] if files else [])

    def _picture(self, value, item, outcome):
        image = self.files.image(value["src"], value["alt"] or item.title, outcome.notes)
        if image is None:
            return None
        alt = (value["alt"] or value["caption"] or item.title)[:255]
        return {"image": image.pk, "alt": alt, "caption": value["caption"], "source": ""}

    def _save(self, page, item):
        past = item.published is not None and item.published <= timezone.now()
        if page.pk is None:
            page.published_at = item.published if past else None
        if page.pk is None and past:
            add_live(self.section, page, item.published)
        elif page.pk is None:
            self.section.add_child(instance=page)
            page.save_revision(clean=False)
        else:
            page.published_at = item.published if past else page.published_at
            NewsPage.objects.filter(pk=page.pk).update(published_at=page.published_at)
            revision = page.save_revision()
            # Taken down here since: the new text waits as a draft, the decision stands.
            if past and page.live:
                revision.publish(skip_permission_checks=True)
        return page


def is_picture(name):
    return name.lower().endswith((".jpg", ".jpeg", ".png", ".gif", ".webp"))
