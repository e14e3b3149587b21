"""{% start "initDateChooser" id options_json %}: what Wagtail would start by a script in the page (home.admin.starting)."""

import json

from django import template
from django.utils.safestring import SafeString

from ..admin.starting import started

register = template.Library()


@register.simple_tag
def start(name: str, *values: str) -> SafeString:
    """`values` are texts; one that begins as an object does is JSON."""
    return started(name, [json.loads(value) if value.startswith("{") else str(value) for value in values])
