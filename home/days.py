"""Days that people type, within the years that the portal can reckon with."""

import datetime

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A day later or earlier by a few hours or days is still a day of the calendar, in whatever time zone.
FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)
FORMS = ["%d/%m/%Y", "%Y-%m-%d"]
OUTSIDE = _("Ngày phải từ 1/1/1900 đến 31/12/2100.")
WITHIN = [MinValueValidator(FIRST, OUTSIDE), MaxValueValidator(LAST, OUTSIDE)]


class DayField(forms.DateField):
    """A day as people here write it, or as machines do."""

    widget = forms.DateInput(attrs={"placeholder": "31/12/2018", "inputmode": "numeric"})
    default_validators = WITHIN

    def __init__(self, label: str | Promise = "") -> None:
        errors = {"invalid": _("Ngày phải có dạng 31/12/2018.")}
        super().__init__(label=label, required=False, input_formats=FORMS, error_messages=errors)


def day_typed(text: str) -> datetime.date | None:
    """The day that `text` says; None for nothing and for what is no day."""
    try:
        return DayField().clean(text.strip())
    except forms.ValidationError:
        return None
