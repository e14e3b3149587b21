"""Many live pages at once: what `parent.add_child(instance=…)` writes for each, in a few statements for all.

Tests compare the rows with the ORM's, field by field. No revision is written: Wagtail edits, submits and takes down a page
without one from the live page, and a first revision of each would double the size of the database.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F
from django.db.models.sql import InsertQuery
from django.dispatch import Signal
from modelsearch.index import get_indexed_models
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail.search.backends import get_search_backend

from organisations.folding import fold

from .slugs import vietnamese_slug

# Sent with `pks` once pages were written without Wagtail's own signals.
pages_added = Signal()
_PAGE_FIELDS = [field for field in Page._meta.concrete_fields if not field.primary_key]


@transaction.atomic
def add_live_pages(parent, pages, children=()):
    """Write unsaved live `pages` of one model below `parent`, in this order, with their rows of the relations `children`.

    Each page has its title and first_published_at, and whatever its own save() would have filled in.
    """
    parent = Page.objects.select_for_update().get(pk=parent.pk)
    _place(parent, pages)
    _insert_pages(pages)
    _insert_specific(pages)
    for name in children:
        rows = [row for page in pages for row in _numbered(page, name)]
        if rows:
            type(rows[0]).objects.bulk_create(rows)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))
    _insert_log(pages)
    _insert_references(pages)
    if type(pages[0]) in get_indexed_models():
        get_search_backend().add_bulk(type(pages[0]), pages)
    pages_added.send(sender=type(pages[0]), pks=[page.pk for page in pages])


def _place(parent, pages):
    """Tree path, address and what a page repeats of its place."""
    last = parent.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    taken = set(parent.get_children().values_list("slug", flat=True))
    content_type = ContentType.objects.get_for_model(type(pages[0]))
    for number, page in enumerate(pages, start=step + 1):
        page.depth = parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, number)
        page.slug = _free(vietnamese_slug(page.title), taken)
        page.set_url_path(parent)
        page.draft_title = page.title
        page.folded_title = fold(page.title)[:600]
        page.content_type = content_type
        page.locale_id = parent.locale_id
        page.last_published_at = page.first_published_at


def _free(base, taken):
    """`base`, or with the first number free; notes what it gives in `taken`."""
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


def _insert_pages(pages):
    rows = [Page(**{field.attname: getattr(page, field.attname) for field in _PAGE_FIELDS}) for page in pages]
    for page, row in zip(pages, Page.objects.bulk_create(rows), strict=True):
        page.pk = page.page_ptr_id = row.pk


def _insert_specific(pages):
    """The child table's rows; bulk_create refuses models with a parent table."""
    model = type(pages[0])
    query = InsertQuery(model)
    query.insert_values(model._meta.local_concrete_fields, pages)
    query.get_compiler(connection=connection).execute_sql()
    for page in pages:
        page._state.adding = False


def _numbered(page, name):
    """The page's rows of the relation `name`, in order, knowing the page they stand under."""
    for order, row in enumerate(getattr(page, name).all()):
        row.page_id, row.sort_order = page.pk, order
        yield row


def _insert_log(pages):
    """One line of history each: when it went live."""
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=page.pk,
            content_type=page.content_type,
            label=page.title[:255],
            action="wagtail.publish",
            timestamp=page.first_published_at,
            content_changed=True,
        )
        for page in pages
    )


def _insert_references(pages):
    """Which images and files the pages use; files are public as long as a live page uses them."""
    content_type = ContentType.objects.get_for_model(type(pages[0]))
    base = ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type=content_type,
            base_content_type=base,
            object_id=page.pk,
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for page in pages
        for to_type, to_id, model_path, content_path in set(ReferenceIndex._extract_references_from_object(page))
    )
