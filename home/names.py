"""Names in two languages: Vietnamese always, English where somebody gave one."""

from django.utils.translation import get_language


def local_name(thing):
    """The name of `thing` in the language of the page: its `name_en` on an English one, where it has one."""
    english = getattr(thing, "name_en", "") if get_language() == "en" else ""
    return english or getattr(thing, "name", "")


def has_no_local_name(thing):
    """Whether an English page can only quote the Vietnamese name of `thing`, and marks it as such."""
    return get_language() == "en" and local_name(thing) == thing.name
