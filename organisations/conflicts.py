"""Checked, then written: where another request wrote in between, the database refuses, and the person reads why."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin

# Django's screens take nothing in brackets when the program runs.
if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    AnyFormScreen = FormMixin[Any]
else:
    AnyFormScreen = FormMixin

# What two that write at once run into: the row is there already (23505, 23P01), or what it names is gone (23503).
RACES = {"23505", "23P01", "23503"}
AT_ONCE = gettext_lazy("Có người vừa lưu nội dung này cùng lúc với Anh/Chị. Hãy mở lại, xem rồi lưu lần nữa.")


def is_race(error: IntegrityError) -> bool:
    """Whether `error` comes of two writing at once; anything else (an empty column, a failed check) is a mistake of ours."""
    return getattr(error.__cause__, "pgcode", None) in RACES


@contextmanager
def refusing_races(sentence: "str | _StrPromise" = AT_ONCE) -> Iterator[None]:
    """A transaction in which the second of two that write the same is refused by a ValidationError with `sentence`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not is_race(error):
            raise
        raise ValidationError(sentence) from error


class SaysRaces(AnyFormScreen):
    """A screen with a form: what `carry_out` is refused, by a race or by a rule, stands in the form instead of a 500.

    Stands left of the framework's view. A screen that does more than the framework's `form_valid` puts it into
    `carry_out(form)`, which gives the response.
    """

    race_sentence: ClassVar["str | _StrPromise"] = AT_ONCE

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with refusing_races(self.race_sentence):
                return self.carry_out(form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)

    def carry_out(self, form: Any) -> HttpResponse:
        return super().form_valid(form)
