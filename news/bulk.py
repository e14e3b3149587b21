"""Many live articles at once: what `section.add_child(instance=…)` writes for each, in a few statements for all.

A test compares the rows with the ORM's, field by field. No revision is written: Wagtail edits, submits and takes down a page
without one from the live page, and a first revision of each would double the size of the database.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F
from django.db.models.sql import InsertQuery
from modelsearch.index import get_indexed_models
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail.search.backends import get_search_backend

from commune_sites.folding import fold
from home.slugs import vietnamese_slug

from .models import Byline, NewsPage

_PAGE_FIELDS = [field for field in Page._meta.concrete_fields if not field.primary_key]


@transaction.atomic
def add_articles(section, articles):
    """Write unsaved live `articles` below `section`, in this order. Each has title, lead, published_at and bylines."""
    parent = Page.objects.select_for_update().get(pk=section.pk)
    _place(parent, section, articles)
    _insert_pages(articles)
    _insert_articles(articles)
    Byline.objects.bulk_create(byline for article in articles for byline in _numbered(article))
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(articles))
    _insert_log(articles)
    _insert_references(articles)
    _insert_search_entries(articles)


def _place(parent, section, articles):
    """Tree path, address and what an article repeats of its place."""
    last = parent.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    taken = set(parent.get_children().values_list("slug", flat=True))
    content_type = ContentType.objects.get_for_model(NewsPage)
    publisher = articles[0].publisher
    for number, article in enumerate(articles, start=step + 1):
        article.depth = parent.depth + 1
        article.path = Page._get_path(parent.path, article.depth, number)
        article.slug = _free(vietnamese_slug(article.title), taken)
        article.set_url_path(parent)
        article.draft_title = article.title
        article.folded_title = fold(article.title)[:600]
        article.content_type = content_type
        article.locale_id = section.locale_id
        article.section_id, article.publisher = section.pk, publisher
        article.first_published_at = article.last_published_at = article.published_at


def _free(base, taken):
    """`base`, or with the first number free; notes what it gives in `taken`."""
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


def _insert_pages(articles):
    rows = [Page(**{field.attname: getattr(article, field.attname) for field in _PAGE_FIELDS}) for article in articles]
    for article, row in zip(articles, Page.objects.bulk_create(rows), strict=True):
        article.pk = article.page_ptr_id = row.pk


def _insert_articles(articles):
    """The child table's rows; bulk_create refuses models with a parent table."""
    query = InsertQuery(NewsPage)
    query.insert_values(NewsPage._meta.local_concrete_fields, articles)
    query.get_compiler(connection=connection).execute_sql()
    for article in articles:
        article._state.adding = False


def _numbered(article):
    """The article's bylines, in order, knowing the article they stand under."""
    for order, byline in enumerate(article.bylines.all()):
        byline.page_id, byline.sort_order = article.pk, order
        yield byline


def _insert_log(articles):
    """One line of history each: when it went live."""
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=article.pk,
            content_type=article.content_type,
            label=article.title[:255],
            action="wagtail.publish",
            timestamp=article.published_at,
            content_changed=True,
        )
        for article in articles
    )


def _insert_references(articles):
    """Which images the articles use; files are public as long as a live page uses them."""
    content_type = ContentType.objects.get_for_model(NewsPage)
    base = ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type=content_type,
            base_content_type=base,
            object_id=article.pk,
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for article in articles
        for to_type, to_id, model_path, content_path in set(ReferenceIndex._extract_references_from_object(article))
    )


def _insert_search_entries(articles):
    if NewsPage in get_indexed_models():
        get_search_backend().add_bulk(NewsPage, articles)
