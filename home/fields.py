"""StreamField whose migrations stay silent about its blocks."""

import json

from wagtail.fields import StreamField


class QuietStreamField(StreamField):
    """Deconstructs without block definitions, so that editing a block never writes a migration.

    The database column is JSON whatever the blocks are; what historical models lose is rendering of blocks, so a data
    migration that reads block values must work on the raw JSON.
    """

    def __init__(self, block_types=(), *args, **kwargs):
        super().__init__(block_types or [], *args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


def substituted(page, old, new):
    """Put `new` in the place of `old` in all texts of `page`, those of its blocks too, and save it where something changed."""
    changed = False
    for field in page._meta.concrete_fields:
        value = getattr(page, field.attname)
        if isinstance(field, StreamField):
            text = json.dumps(list(value.raw_data), ensure_ascii=False)
            replaced = text.replace(old, json.dumps(new, ensure_ascii=False)[1:-1])
        elif isinstance(value, str):
            text, replaced = value, value.replace(old, new)
        else:
            continue
        if replaced != text:
            setattr(page, field.attname, field.to_python(replaced))
            changed = True
    if changed:
        page.save()
