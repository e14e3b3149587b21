"""Columns that follow from another column of their row."""

from typing import TYPE_CHECKING, Any

from django.db import models

from .folding import sort_key

# Django's columns take nothing in brackets when the program runs.
if TYPE_CHECKING:
    TextColumn = models.CharField[str, str]
else:
    TextColumn = models.CharField


class NameSortField(TextColumn):
    """Puts rows into Vietnamese order by their name, the field `of`; filled whenever a row is saved, by bulk_create too.

    Compared byte by byte, whatever the database's own order is.
    """

    def __init__(self, of: str = "name", **options: Any) -> None:
        self.of = of
        defaults: dict[str, Any] = {"max_length": 400, "blank": True, "editable": False, "db_collation": "C"}
        super().__init__(**defaults | options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = sort_key(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
