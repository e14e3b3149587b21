"""What the forms of the admin tell of what they refer to: of what the person may not choose the number alone.

A refused form is drawn again with what was posted, and a row may refer since long to what another organisation has taken down.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler
from wagtail.models import Page

from ..media.models import PortalFile
from .references import choosable

_asking: ContextVar[HttpRequest | None] = ContextVar("asking", default=None)


@contextmanager
def asked_by(request: HttpRequest) -> Iterator[None]:
    """While the answer to `request` is made."""
    token = _asking.set(request)
    try:
        yield
    finally:
        _asking.reset(token)


def may_be_told(model: type[Model], pk: Any, collection: int | None = None) -> bool:
    """Whether the person who asks may know what `pk` is called; what nobody asks for by the web is told.

    All files of a `collection` are alike: a body full of pictures asks once.
    """
    request = _asking.get()
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return True
    told = request.__dict__.setdefault("told", {})
    key = (model, collection, None if collection else str(pk))
    if key not in told:
        told[key] = bool(choosable(user, model, [str(pk)]))
    return bool(told[key])


def _told_of_choice(tell: Callable[..., Any]) -> Callable[..., Any]:
    """Over BaseChooser.get_value_data: what is shown of the row that a field has."""

    def get_value_data(self: BaseChooser, value: Any) -> Any:
        instance = self.get_instance(value)
        collection = getattr(instance, "collection_id", None)
        if instance is None or may_be_told(type(instance), instance.pk, collection):
            return tell(self, instance)
        return {
            "id": instance.pk,
            "edit_url": None,
            "parent_id": None,
            self.display_title_key: _("(nội dung của đơn vị khác)"),
            "preview": {"url": "", "width": 0, "height": 0},
            "default_alt_text": "",
        }

    return get_value_data


def _told_of_link(model: type[Model], tell: Callable[..., Any]) -> Callable[..., Any]:
    """Over get_attribute_data of a link in the editor of rich text: its number alone, as of a broken link."""

    def get_attribute_data(self: Any, attrs: dict[str, str]) -> Any:
        pk = attrs.get("id", "")
        if not (pk.isascii() and pk.isdecimal()):
            return {}
        return tell(self, attrs) if may_be_told(model, pk) else {"id": int(pk), "url": None, "parentId": None}

    return get_attribute_data


def connect() -> None:
    """Called once, when the apps are ready."""
    tellers: list[tuple[Any, str, Callable[..., Any]]] = [
        (BaseChooser, "get_value_data", _told_of_choice(BaseChooser.get_value_data)),
        *(
            (handler, "get_attribute_data", _told_of_link(model, handler.get_attribute_data))
            for handler, model in ((PageLinkElementHandler, Page), (DocumentLinkElementHandler, PortalFile))
        ),
    ]
    for owner, name, tell in tellers:
        setattr(owner, name, tell)
