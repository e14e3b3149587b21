"""What a form may newly refer to: nothing that the person may not choose.

The choosers offer only what is choosable, but a number in a form, a stream or a rich text can be any. So every form asks here
for each reference that its row did not have before.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Page, ReferenceIndex

from organisations.grants import is_operator
from organisations.owned import scopes
from organisations.scoping import organisations_for

from ..media.models import PortalFile, PortalImage
from .choosers import choosable_files, choosable_pages

Reference = tuple[int, str]  # content type, primary key
MOST_REVISIONS = 50


def choosable(user: Any, model: type[Model], pks: Iterable[str]) -> set[str]:
    """Those of `pks` that name a row of `model` which `user` may refer to; all of them where the rows are everybody's."""
    wanted = set(pks)
    numbers = {pk for pk in wanted if pk.isascii() and pk.isdecimal() and len(pk) < 12}
    if issubclass(model, Page):
        found = [choosable_pages(user), choosable_pages(user, whole_province=True)]
    elif issubclass(model, (PortalImage, PortalFile)):
        found = [choosable_files(user, model)]
    elif model in scopes and hasattr(model, "organisation"):
        found = [model._default_manager.filter(organisation__in=organisations_for(user))]
    else:
        return wanted
    if is_operator(user):
        return numbers
    return {str(pk) for rows in found for pk in rows.filter(pk__in=numbers).values_list("pk", flat=True)}


def references_of(instance: Model) -> dict[Reference, str]:
    """What `instance` refers to in its fields, streams, rich texts and child rows, and in which field."""
    found = ReferenceIndex._extract_references_from_object(instance)
    return {(kind, str(pk)): path.partition(".")[0] for kind, pk, path, _content_path in found}


def not_choosable(user: Any, references: Iterable[Reference]) -> set[Reference]:
    """In a query or two for each kind of thing."""
    by_kind: dict[int, set[str]] = {}
    for kind, pk in references:
        by_kind.setdefault(kind, set()).add(pk)
    refused = set()
    for kind, pks in by_kind.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model:
            refused |= {(kind, pk) for pk in pks - choosable(user, model, pks)}
    return refused


class OwnReferencesForm(WagtailAdminModelForm):
    """Refuses new references to what the person may not choose, on their field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = set(references_of(self.instance)) if self.is_bound else set()
        self.is_asked = False

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if self.is_bound and self.for_user and not self.is_asked:
            self.is_asked = True
            return not self._refuse() and valid
        return valid

    def _refuse(self) -> bool:
        """Says on the fields what is refused; whether there was anything."""
        forms = list(_with_children(self))
        new = {reference for form in forms for reference in references_of(form.instance)} - self.known
        refused = not_choosable(self.for_user, new)
        if refused:
            refused -= self._of_older_revisions()
        for form in forms:
            for name in {name for key, name in references_of(form.instance).items() if key in refused}:
                form.add_error(name if name in form.fields else None, ValidationError(sentence()))
        return bool(refused)

    def _of_older_revisions(self) -> set[Reference]:
        """What the page referred to once may come back with its text."""
        if not (isinstance(self.instance, Page) and self.instance.pk):
            return set()
        revisions = self.instance.revisions.order_by("-created_at", "-pk")[:MOST_REVISIONS]
        return {reference for revision in revisions for reference in references_of(revision.as_object())}


def sentence() -> str:
    return _("Anh/Chị không chọn được nội dung này: của đơn vị khác và chưa công khai, hoặc không còn nữa.")


def _with_children(form: Any) -> Iterator[Any]:
    yield form
    for formset in getattr(form, "formsets", {}).values():
        for child in formset.forms:
            yield from _with_children(child)
