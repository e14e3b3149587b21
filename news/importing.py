"""Articles from another system's JSON Lines. A line that cannot be taken is refused with a reason; the rest go in."""

import datetime
import gzip
import hashlib
import json
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from commune_sites.folding import fold
from home.slugs import vietnamese_slug
from qnportal.text import composed

from .generation import sections_of
from .html import TooDeepError, body_of
from .importing_files import AttachedFiles
from .models import Byline, Category, Contributor, ImportedItem, NewsPage

TITLE_LENGTH, LEAD_LENGTH, ID_LENGTH, SOURCE_LENGTH, PEN_NAME_LENGTH = 255, 600, 200, 200, 100
TEXT_FIELDS = ("title", "body", "published", "lead", "category", "source", "image")
YEARS = range(1945, 2101)


class LineError(ValueError):
    """Why a line cannot be taken, as the person who imports reads it."""


@dataclass
class Outcome:
    """What became of a line: added, changed, unchanged; or an error. Notes say what was left out of it."""

    number: int
    result: str = ""
    error: str = ""
    notes: list = field(default_factory=list)
    external_id: str = ""
    page: NewsPage | None = None


@dataclass
class Item:
    """A line that was understood."""

    external_id: str
    title: str
    lead: str
    body: object
    published: datetime.datetime | None
    category: str
    authors: list
    source: str
    image: str
    attachments: list
    digest: str


def read_lines(path):
    """(number, bytes) of the lines of a file, gzipped or not; None instead of bytes where a gzipped file breaks off."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    number = 0
    with gzip.open(path, "rb") if zipped else path.open("rb") as file:
        try:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
        except (EOFError, gzip.BadGzipFile, zlib.error):
            yield number + 1, None


def parse_line(line):
    """The item of a line; raises LineError."""
    if line is None:
        raise LineError("tệp nén bị hỏng hoặc bị cắt, không đọc tiếp được.")
    data = _decoded(line)
    if not isinstance(data, dict):
        raise LineError("không phải là một đối tượng JSON.")
    kind = data.get("kind")
    if kind != "news":
        raise LineError(f"loại “{kind}” hiện chưa nhận, chỉ nhận “news”." if kind else "thiếu “kind”.")
    for key in TEXT_FIELDS:
        if not isinstance(data.get(key) or "", str):
            raise LineError(f"“{key}” phải là chữ.")
    title = _title(data.get("title") or "")
    try:
        body = body_of(data.get("body") or "")
    except TooDeepError as error:
        raise LineError("nội dung lồng quá nhiều lớp hoặc bảng quá lớn.") from error
    return Item(
        external_id=_external_id(data.get("id")),
        title=title,
        lead=" ".join((data.get("lead") or "").split()),
        body=body,
        published=_moment(data.get("published")),
        category=(data.get("category") or "").strip(),
        authors=_texts(data.get("author"), "author"),
        source=(data.get("source") or "").strip(),
        image=(data.get("image") or "").strip(),
        attachments=_texts(data.get("attachments"), "attachments"),
        digest=hashlib.sha256(line.strip()).hexdigest(),
    )


def _decoded(line):
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LineError(f"không phải UTF-8 (byte thứ {error.start + 1}).") from error
    try:
        data = json.loads(text)
        json.dumps(data, ensure_ascii=False).encode("utf-8")
        return _composed(data)
    except json.JSONDecodeError as error:
        raise LineError(f"không phải JSON hoặc bị cắt dở (ký tự thứ {error.pos + 1}).") from error
    except UnicodeEncodeError as error:
        raise LineError("có ký tự Unicode không hợp lệ.") from error
    except (RecursionError, ValueError) as error:
        raise LineError("JSON có giá trị quá lớn hoặc lồng quá sâu.") from error


def _composed(value):
    if isinstance(value, str):
        return composed(value)
    if isinstance(value, list):
        return [_composed(part) for part in value]
    if isinstance(value, dict):
        return {key: _composed(part) for key, part in value.items()}
    return value


def _external_id(value):
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text:
        raise LineError("thiếu “id”.")
    if len(text) > ID_LENGTH:
        raise LineError(f"“id” dài {len(text)} ký tự, tối đa {ID_LENGTH}.")
    return text


def _title(value):
    title = " ".join(value.split())
    if not title:
        raise LineError("thiếu “title”.")
    if len(title) > TITLE_LENGTH:
        raise LineError(f"tít dài {len(title)} ký tự, tối đa {TITLE_LENGTH}.")
    if not vietnamese_slug(title):
        raise LineError("tít phải có chữ hoặc số, không thể chỉ gồm biểu tượng.")
    return title


def _moment(value):
    """The moment of an ISO date, with or without time; a day begins at midnight of the portal's time zone."""
    if not value:
        return None
    try:
        day = parse_date(value)
        moment = datetime.datetime.combine(day, datetime.time.min) if day else parse_datetime(value)
    except ValueError:
        moment = None
    if moment is None or moment.year not in YEARS:
        raise LineError(f"ngày đăng “{value[:40]}” không hợp lệ (cần dạng 2018-12-31).")
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _texts(value, key):
    """A text or a list of texts, as a list."""
    values = [value] if isinstance(value, str) else value or []
    if not isinstance(values, list) or not all(isinstance(text, str) for text in values):
        raise LineError(f"“{key}” phải là chữ hoặc danh sách chữ.")
    return [text.strip() for text in values if text.strip()]


class Importer:
    """Brings items into one organisation's site. Files are looked for beside the imported file, nowhere else."""

    def __init__(self, organisation, folder):
        self.organisation = organisation
        self.files = AttachedFiles(Path(folder), organisation)
        self.section = next(iter(sections_of(organisation).values()), None)
        names = Category.objects.values_list("pk", "name", "slug")
        self.categories = {fold(key): pk for pk, *keys in names for key in keys}

    def take(self, number, line):
        """The outcome of a line. Either all of it is written or nothing."""
        outcome = Outcome(number)
        try:
            item = parse_line(line)
            outcome.external_id = item.external_id
            with transaction.atomic():
                self._take(item, outcome)
        except LineError as error:
            outcome.error = str(error)
        except ValidationError as error:
            outcome.error = " ".join(str(message) for message in error.messages)
        return outcome

    def _take(self, item, outcome):
        known = ImportedItem.objects.filter(organisation=self.organisation, external_id=item.external_id).first()
        page = NewsPage.objects.filter(pk=known.page_id).first() if known else None
        outcome.page = page
        if page and known.digest == item.digest:
            outcome.result = "unchanged"
            return
        outcome.result = "changed" if page else "added"
        if page:
            page = page.get_latest_revision_as_object()
        else:
            page = NewsPage(live=False, locale=self.section.locale, section=self.section, publisher=self.organisation)
        self._describe(page, item, outcome)
        outcome.page = self._save(page, item, is_new=outcome.result == "added")
        ImportedItem.objects.update_or_create(
            organisation=self.organisation,
            external_id=item.external_id,
            defaults={"page_id": page.pk, "digest": item.digest},
        )

    def _describe(self, page, item, outcome):
        page.title = item.title
        page.lead = self._lead(item, outcome)
        page.category_id = self._category(item, outcome)
        page.source_name, page.source_url = self._source(item, outcome)
        page.body = self._blocks(item, outcome)
        page.main_image = self.files.image(item.image, item.title, outcome.notes) if item.image else None
        page.main_image_alt = item.title if page.main_image else ""
        page.bylines = self._bylines(item, outcome)

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

    def _save(self, page, item, is_new):
        past = item.published is not None and item.published <= timezone.now()
        if is_new:
            # Past moderation on purpose: what is published there was moderated there.
            page.published_at = page.first_published_at = item.published if past else None
            self.section.add_child(instance=page)
            revision = page.save_revision(clean=False)
        else:
            NewsPage.objects.filter(pk=page.pk).update(published_at=item.published if past else page.published_at)
            page.published_at = item.published if past else page.published_at
            revision = page.save_revision()
        # Taken down here since: the new text waits as a draft, the decision stands.
        if past and (is_new or page.live):
            revision.publish(skip_permission_checks=True)
        return page


def is_picture(name):
    return name.lower().endswith((".jpg", ".jpeg", ".png", ".gif", ".webp"))


def shortened(text, length):
    """`text`, or its first words with an ellipsis, at most `length` characters."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
