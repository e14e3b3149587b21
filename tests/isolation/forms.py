"""Every form of the admin as somebody fills it in who writes another organisation's numbers wherever a number can stand."""

import datetime
import json
from collections.abc import Iterator
from typing import Any

from django import forms
from wagtail import blocks
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.media.models import PortalFile, PortalImage

FEATURES = ["link", "document-link", "image"]


def foreign_of(model, foreign):
    """The number of a planted thing of `model`; None where nobody owns such things."""
    if model and issubclass(model, Page):
        return foreign.draft.pk
    if model and issubclass(model, PortalImage):
        return foreign.image.pk
    if model and issubclass(model, PortalFile):
        return foreign.file.pk
    return foreign.contributor.pk if model is type(foreign.contributor) else None


def foreign_markup(foreign) -> list[str]:
    return [
        f'<p>Xem <a linktype="page" id="{foreign.draft.pk}">bài</a></p>',
        f'<p>Xem <a linktype="document" id="{foreign.file.pk}">tệp</a></p>',
        f'<p>Xem</p><embed embedtype="image" id="{foreign.image.pk}" format="left" alt="Ảnh"/>',
    ]


def plain(field: Any) -> Any:
    """What anybody could type into a field of this kind."""
    if isinstance(field, forms.ModelChoiceField):
        return getattr(field.queryset.first(), "pk", "") if field.required else ""
    if isinstance(field, forms.ChoiceField):
        return next((key for key, _label in field.choices if key and not isinstance(key, tuple)), "")
    if isinstance(field, (forms.DateField, forms.DateTimeField)):
        return datetime.date(2031, 1, 1).isoformat() if field.required else ""
    if isinstance(field, forms.BooleanField):
        return ""
    if isinstance(field, (forms.IntegerField, forms.DecimalField)):
        return field.min_value or 1
    return "Thử nghiệm" if field.required else ""


def block_values(block: blocks.Block, foreign) -> Iterator[tuple[bool, Any]]:
    """(whether a foreign number stands in it, form data) of `block`: one for each place where a number can stand."""
    if isinstance(block, blocks.RichTextBlock):
        yield from ((True, rich_text(markup, features=FEATURES)) for markup in foreign_markup(foreign))
    elif isinstance(block, blocks.ChooserBlock):
        number = foreign_of(block.model_class, foreign)
        yield number is not None, number or ""
    elif isinstance(block, blocks.StructBlock):
        values = {name: list(block_values(child, foreign)) for name, child in block.child_blocks.items()}
        usual = {name: found[0][1] for name, found in values.items()}
        for name, found in values.items():
            yield from ((is_foreign, usual | {name: value}) for is_foreign, value in found if is_foreign)
        if not any(is_foreign for found in values.values() for is_foreign, _value in found):
            yield False, usual
    elif isinstance(block, blocks.ListBlock):
        for is_foreign, value in block_values(block.child_block, foreign):
            item = {"0-value": value, "0-deleted": "", "0-order": 0, "0-id": "", "count": 1}
            yield is_foreign, item
    else:
        yield False, plain(block.field) if isinstance(block, blocks.FieldBlock) else ""


def field_values(field: forms.Field, foreign) -> Iterator[Any]:
    """Form data of a field, one for each foreign number that can stand in it."""
    if isinstance(field, blocks.base.BlockField):
        for name, child in field.block.child_blocks.items():
            yield from (streamfield([(name, value)]) for is_there, value in block_values(child, foreign) if is_there)
    elif isinstance(field.widget, BaseChooser) or isinstance(field, forms.ModelChoiceField):
        model = field.queryset.model if isinstance(field, forms.ModelChoiceField) else field.widget.model_class
        if number := foreign_of(model, foreign):
            yield number
    elif hasattr(field.widget, "converter"):
        yield from (rich_text(markup, features=FEATURES) for markup in foreign_markup(foreign))


def usual_data(form: forms.BaseForm) -> dict[str, Any]:
    """The form filled in as anybody would, and without rows."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        if isinstance(field, blocks.base.BlockField):
            data[name] = streamfield([])
        elif hasattr(field.widget, "converter"):
            data[name] = json.dumps(json.loads(rich_text("<p>Thử</p>")))
        else:
            data[name] = form.initial.get(name) or plain(field)
            data[name] = getattr(data[name], "pk", data[name])
    return data | {name: inline_formset([]) for name in getattr(form, "formsets", {})}


def filled_in(form: forms.BaseForm, foreign) -> Iterator[tuple[str, dict[str, Any]]]:
    """(what is foreign in it, what is posted) for each place of the form and of its rows where a number can stand."""
    usual = usual_data(form)
    for name, field in form.fields.items():
        for number, value in enumerate(field_values(field, foreign)):
            yield f"{name} {number}", nested_form_data(usual | {name: value})
    for rows, formset in getattr(form, "formsets", {}).items():
        row = formset.empty_form
        for name, field in row.fields.items():
            for value in field_values(field, foreign):
                posted = {one: plain(other) for one, other in row.fields.items() if one not in {"DELETE", "ORDER"}}
                yield f"{rows}.{name}", nested_form_data(usual | {rows: inline_formset([posted | {name: value}])})
