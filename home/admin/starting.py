"""What Wagtail starts by scripts in the page is started by a file instead (home/static/home/start.js).

The admin's policy of content lets no script run that stands in a page. Five of Wagtail's templates and its chooser fields write
such scripts; here they write what is to be called, with its arguments as data.
"""

import json
import re

from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets.chooser import BaseChooser

# `new PageChooser("id_page", {…});` or `createTaskChooser("id_task");`
_CALL = re.compile(r"(?P<name>(?:new )?[A-Za-z]\w*)\((?P<values>.*)\);?", re.DOTALL)
_HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


class NotACallError(ValueError):
    """A script of a widget is more than one call with data for arguments."""


def started(name: str, values: list) -> SafeString:
    """The element that has `name` called with `values`; `name` begins with "new " for a class."""
    data = json.dumps(values, ensure_ascii=False).translate(_HARMLESS)
    return mark_safe(f'<script type="application/json" data-start="{name}">{data}</script>')


def as_data(script: str) -> SafeString:
    """The same for a script that is one call; NotACallError for any other."""
    call = _CALL.fullmatch(script.strip())
    try:
        values = json.loads(f"[{call['values']}]") if call else None
    except ValueError:
        values = None
    if values is None:
        raise NotACallError(script)
    return started(call["name"], values)


def render(self, name, value, attrs=None, renderer=None):
    """BaseChooser.render, with its script as data."""
    value_data = self.get_value_data(value)
    id_ = attrs["id"]
    return mark_safe(self.render_html(name, value_data, attrs) + as_data(self.render_js_init(id_, name, value_data)))


def connect() -> None:
    """Called once, when the apps are ready."""
    BaseChooser.render = render
