"""schema.org data as JSON-LD: the parts that pages of every kind share."""

import json

from django.utils.safestring import mark_safe

# As Django's json_script does: nothing typed by an editor can close the element, nor open another.
HARMLESS = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def json_ld(*things):
    """The text of a `<script type="application/ld+json">`, a data block that the browser never runs."""
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    return mark_safe(text.translate(HARMLESS))


def breadcrumb_list(steps):
    """The way to a page; `steps` are (name, address)."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
