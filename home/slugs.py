"""One slug function: ASCII words of a Vietnamese title."""

import re

from django.utils.text import slugify

from organisations.folding import fold


def vietnamese_slug(title, max_length=120):
    """ASCII slug: "Đất đai và Đường bộ" gives "dat-dai-va-duong-bo", "16/2017" gives "16-2017"; "" for a title without letters or digits."""
    return slugify(re.sub(r"[/–—]", " ", fold(title)))[:max_length].strip("-")


def free_slug(page, parent, base):
    """`base`, or `base` with the first number that no sibling under `parent` has."""
    taken = set(parent.get_children().filter(slug__startswith=base).exclude(pk=page.pk).values_list("slug", flat=True))
    candidate, number = base, 2
    while candidate in taken:
        candidate, number = f"{base}-{number}", number + 1
    return candidate
