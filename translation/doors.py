"""Insides of other packages that this room uses (docs/upgrading.md)."""

from organisations.doors import Door, doors

# wagtail-localize's own screens and actions: they write over the live English page and know neither moderation nor
# organisations (docs/english.md). Only the words of its scripts stay open.
CLOSED_ITEMS = {"localize-restart-translation", "localize-convert-to-alias"}
CLOSED_PREFIX = "localize/"
OPEN_SCREEN = "jsi18n/"


def _screens() -> bool:
    from wagtail_localize import wagtail_hooks

    below = wagtail_hooks.register_admin_urls()
    scripts = [str(part.pattern) for one in below for part in one.url_patterns if part.name == "javascript_catalog"]
    return [str(one.pattern) for one in below] == [CLOSED_PREFIX] and scripts == [OPEN_SCREEN]


def _actions() -> bool:
    from wagtail_localize import wagtail_hooks

    items = (wagtail_hooks.RestartTranslationPageActionMenuItem, wagtail_hooks.ConvertToAliasPageActionMenuItem)
    return {item.name for item in items} == CLOSED_ITEMS


for door in (
    Door("qn.E050", "wagtail-localize's addresses below localize/", "translation/wagtail_hooks.py", _screens),
    Door("qn.E051", "wagtail-localize's actions by their names", "translation/wagtail_hooks.py", _actions),
):
    doors.register(door)
