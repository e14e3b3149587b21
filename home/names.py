"""Names in two languages: Vietnamese always, English where somebody gave one."""

from typing import Protocol

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisations.fields import NameSortField


class SharedName(models.Model):
    """A row of a list that all organisations share, so that one thing has one name; operators keep it.

    In the order the operators give it; what has none of its own stands in Vietnamese order.
    """

    name = models.CharField(_("tên"), max_length=200, unique=True)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    order = models.PositiveIntegerField(_("thứ tự"), default=0)
    name_sort = NameSortField("name")

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        ordering = ["order", "name_sort"]

    def __str__(self) -> str:
        return self.name


class SharedSubject(SharedName):
    """A subject that a list is narrowed to by an address of its own."""

    slug = models.SlugField(_("đường dẫn ngắn"), max_length=100, unique=True)

    class Meta(SharedName.Meta):
        abstract = True


class Named(Protocol):
    """What has a Vietnamese name, and may have a `name_en`."""

    @property
    def name(self) -> str: ...


def local_name(thing: object) -> str:
    """The name of `thing` in the language of the page: its `name_en` on an English one, where it has one."""
    english = getattr(thing, "name_en", "") if get_language() == "en" else ""
    return english or getattr(thing, "name", "")


def has_no_local_name(thing: Named) -> bool:
    """Whether an English page can only quote the Vietnamese name of `thing`, and marks it as such."""
    return get_language() == "en" and local_name(thing) == thing.name
