"""StreamField whose migrations stay silent about its blocks."""

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
