"""Sample articles: what of an organisation's items (samples.sampling) is not of another kind."""

import datetime
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.files.base import ContentFile

from home.bulk import add_live_pages
from home.media.models import PortalImage
from news.models import Byline, Category, Contributor, NewsPage, NewsSectionPage
from news.sections import sections_of
from organisations.models import Organisation

from . import pictures
from .errors import GenerationError
from .places import Body, Gazetteer
from .writer import Block, Draft, Writer

BATCH = 2000
PEN_NAMES = ["Ban Biên tập", "Tổ thông tin", "Cộng tác viên", "Núi Ấn", "Sông Trà"]
MISSING_SECTION = "Trang của {name} chưa có chuyên mục tin nào; hãy chạy load_portal trước."


class ArticleMaker:
    """Makes articles; what a maker is, samples.sampling says."""

    kinds = [str(genre.label) for genre in NewsPage.Genre]

    def __init__(self, year: int, seed: int) -> None:
        self.year = year
        self.writer = Writer(Gazetteer([Body(o.code, o.name, o.kind) for o in Organisation.objects.all()]))
        self.categories = dict(Category.objects.values_list("name", "pk"))
        self.images: dict[str, list[PortalImage]] = {}

    def serves(self, organisation: Organisation) -> bool:
        return True

    def make(
        self,
        organisation: Organisation,
        moments: Sequence[datetime.datetime],
        rng: random.Random,
        progress: Callable[[int], object],
    ) -> None:
        sections = sections_of(organisation)
        if not sections:
            raise GenerationError(MISSING_SECTION.format(name=organisation))
        self.images = self.images or sample_images()
        contributors = contributors_of(organisation)
        existing = NewsPage.objects.of(organisation).filter(published_at__year=self.year)
        taken = set(existing.values_list("title", flat=True))
        for start in range(0, len(moments), BATCH):
            by_section: dict[NewsSectionPage, list[NewsPage]] = {}
            for moment in moments[start : start + BATCH]:
                draft = self.writer.write(organisation.code, moment.date(), taken, rng)
                article = self._article(draft, organisation, contributors, moment, rng)
                by_section.setdefault(_section(draft, sections), []).append(article)
            for section, articles in by_section.items():
                add_articles(section, articles)
                progress(len(articles))

    def _article(
        self,
        draft: Draft,
        organisation: Organisation,
        contributors: Sequence[Contributor],
        moment: datetime.datetime,
        rng: random.Random,
    ) -> NewsPage:
        article = NewsPage(
            title=draft.title,
            lead=draft.lead,
            body=[self._block(block, draft, rng) for block in draft.body],
            genre=draft.genre,
            category_id=self.categories.get(draft.category),
            event_date=draft.event,
            published_at=moment,
            publisher=organisation,
        )
        if draft.genre != "tin" or rng.random() < 0.75:
            image = self._image(draft.picture, rng)
            article.main_image, article.main_image_alt = image, image.alt_text
            article.main_image_caption = "Ảnh minh họa"
        article.bylines.set(self._bylines(draft.genre, contributors, rng))
        return article

    def _bylines(self, genre: str, contributors: Sequence[Contributor], rng: random.Random) -> list[Byline]:
        if genre == "tra-loi":
            return []
        authors = rng.sample(contributors, 2 if genre in {"bai", "anh"} and rng.random() < 0.3 else 1)
        parts = [100] if len(authors) == 1 else [60, 40]
        return [Byline(contributor=author, share=share) for author, share in zip(authors, parts, strict=True)]

    def _image(self, tag: str, rng: random.Random) -> PortalImage:
        return rng.choice(self.images[pictures.kind_of(tag)])

    def _block(self, block: Block, draft: Draft, rng: random.Random) -> Block:
        """The block with pictures in the place of their kinds."""
        kind, value = block["type"], block["value"]
        if kind == "image":
            value = _captioned(self._image(value, rng))
        elif kind == "gallery":
            value = {"title": "", "items": self._gallery(value, block["id"], rng)}
        elif kind == "video":
            value = {
                "title": draft.title.removeprefix("Video: "),
                # No film comes with the sample texts: the address is one reserved for examples.
                "url": f"https://video.example.org/{draft.event:%Y/%m/%d}/{block['id'][:8]}",
                "file": None,
                "poster": self._image(value, rng).pk,
                "duration": f"{rng.randint(1, 6)}:{rng.randint(0, 59):02}",
                "transcript": draft.lead,
            }
        return block | {"value": value}

    def _gallery(self, tags: Iterable[str], block_id: str, rng: random.Random) -> list[dict[str, Any]]:
        """Four pictures at most, each once."""
        images = [image for kind in dict.fromkeys(map(pictures.kind_of, tags)) for image in self.images[kind]]
        chosen = rng.sample(images, min(len(images), 4))
        return [
            {"type": "item", "value": _captioned(image), "id": f"{block_id[:-2]}{number:02}"}
            for number, image in enumerate(chosen)
        ]


def _captioned(image: PortalImage) -> dict[str, Any]:
    return {"image": image.pk, "alt": image.alt_text, "caption": "Ảnh minh họa", "source": ""}


def _section(draft: Draft, sections: Mapping[str, NewsSectionPage]) -> NewsSectionPage:
    """The first of the sections the topic wishes for that the site has, else its first one."""
    slug = next((slug for slug in [*draft.sections, "tin-tuc"] if slug in sections), next(iter(sections)))
    return sections[slug]


def add_articles(section: NewsSectionPage, articles: Sequence[NewsPage]) -> None:
    """Write unsaved live `articles` below `section`, in this order. Each has title, lead, published_at and bylines."""
    for article in articles:
        article.section_id, article.first_published_at = section.pk, article.published_at
    add_live_pages(section, articles, ["bylines"])


def contributors_of(organisation: Organisation) -> list[Contributor]:
    for name in PEN_NAMES:
        Contributor.objects.get_or_create(organisation=organisation, pen_name=name)
    return list(Contributor.objects.filter(organisation=organisation, pen_name__in=PEN_NAMES).order_by("pen_name"))


def sample_images() -> dict[str, list[PortalImage]]:
    """{kind: [images]}: drawn once, and no organisation's, so that the pages of all may show them."""
    have = {image.title: image for image in PortalImage.objects.filter(title__startswith="Hình minh họa: ")}
    images: dict[str, list[PortalImage]] = {}
    for kind in pictures.SCENES:
        for light, name in (("sang", "ban ngày"), ("chieu", "buổi chiều")):
            text = pictures.description(kind)
            title = f"{text} ({name})"
            if title not in have:
                file = ContentFile(pictures.draw(kind, light), name=f"{kind}-{light}.jpg")
                image = PortalImage(title=title, alt_text=text, credit="Cổng thông tin điện tử tỉnh", file=file)
                image._set_image_file_metadata()
                image.save()
                have[title] = image
            images.setdefault(kind, []).append(have[title])
    return images
