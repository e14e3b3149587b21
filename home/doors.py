"""Insides of other packages that this room uses (docs/upgrading.md)."""

from pathlib import Path

from django.db import models
from django.template.loader import get_template

from organisations.doors import Door, doors, takes


def _tree() -> bool:
    from wagtail.models import Page

    path = Page._get_path("0001", 2, 36)
    return takes(Page._get_path, "path", "depth", "newstep") and path == "00010010" and Page._str2int("0010") == 36


def _references() -> bool:
    from wagtail.models import ReferenceIndex

    found = takes(ReferenceIndex._extract_references_from_object, "object")
    return found and takes(ReferenceIndex._get_content_path_hash, "content_path")


def _insert() -> bool:
    from django.db.models.sql import InsertQuery

    is_new = models.base.ModelState().adding is True
    return (
        is_new and takes(InsertQuery.insert_values, "self", "fields", "objs") and hasattr(InsertQuery, "get_compiler")
    )


def _norms() -> bool:
    from modelsearch.backends.database.postgres.postgres import PostgresIndex

    return takes(PostgresIndex._refresh_title_norms, "self", "full")


def _count() -> bool:
    from modelsearch.backends.database.postgres.postgres import PostgresSearchResults

    base = PostgresSearchResults
    return takes(base._do_count, "self") and takes(base.facet, "self", "field_name") and hasattr(base, "get_queryset")


def _link_types() -> bool:
    """The chooser still shows its tabs by this name, so that ours stand in their place."""
    ours = Path(get_template("wagtailadmin/chooser/_link_types.html").origin.name)
    chooser = get_template("wagtailadmin/chooser/browse.html").template.source
    return Path(__file__).parent in ours.parents and "wagtailadmin/chooser/_link_types.html" in chooser


def _ranges() -> bool:
    from whitenoise.responders import SlicedFile, StaticFile

    answers = takes(StaticFile.get_range_response, "self", "range_header", "base_headers", "file_handle")
    return (
        answers
        and takes(StaticFile.get_byte_range, "self", "range_header", "size")
        and takes(SlicedFile, "fileobj", "start", "end")
    )


def _copies() -> bool:
    from wagtail.images.models import AbstractImage

    makes = takes(AbstractImage.create_rendition, "self", "filter") and takes(AbstractImage._set_file_hash, "self")
    return makes and "create_renditions" in AbstractImage.get_renditions.__code__.co_names


def _started() -> bool:
    """Chooser fields and inline rows still begin by a script that home.admin.starting writes as data."""
    import wagtail.admin
    from wagtail.admin.widgets.chooser import BaseChooser

    panel = Path(wagtail.admin.__file__).parent / "templates/wagtailadmin/panels/inline_panel.html"
    return (
        takes(BaseChooser.render_js_init, "self", "id_", "name", "value_data")
        and takes(BaseChooser.render_html, "self", "name", "value_data", "attrs")
        and "{% block js_init %}" in panel.read_text(encoding="utf-8")
    )


for door in (
    Door("qn.E043", "Page._get_path, Page._str2int", "home/bulk.py", _tree),
    Door(
        "qn.E044",
        "ReferenceIndex._extract_references_from_object, ._get_content_path_hash",
        "home/bulk.py",
        _references,
    ),
    Door("qn.E045", "InsertQuery.insert_values, Model._state", "home/bulk.py", _insert),
    Door("qn.E046", "PostgresIndex._refresh_title_norms", "home/admin/search.py", _norms),
    Door("qn.E047", "PostgresSearchResults._do_count", "home/admin/search.py", _count),
    Door("qn.E056", "StaticFile.get_range_response, .get_byte_range", "home/media/sending.py", _ranges),
    Door("qn.E057", "AbstractImage.create_renditions, ._set_file_hash", "home/media/models.py", _copies),
    Door("qn.E058", "BaseChooser.render, block js_init", "home/admin/starting.py", _started),
    Door("qn.E048", "chooser/_link_types.html", "home/templates/wagtailadmin", _link_types),
):
    doors.register(door)
