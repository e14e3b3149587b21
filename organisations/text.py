"""One form for text, whoever typed it: composed letters (NFC) and nothing the database cannot store."""

import unicodedata


def composed(text):
    """The NFC form of `text` without NUL characters, which PostgreSQL cannot store."""
    return unicodedata.normalize("NFC", text.replace("\x00", ""))
