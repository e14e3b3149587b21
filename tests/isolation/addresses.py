"""Every address of the admin that the project registers, filled in with what belongs to another organisation."""

import re
from itertools import product

from django.urls import get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
# Signing out ends the crawl; the last pattern answers 404 to everything that no other does.
LEFT_OUT = {"admin/logout/", "admin/^.*/$", "admin/failwhale/"}


def routes():
    """Route strings below /admin/, as the URL configuration spells them."""
    return [route for route in _walk(get_resolver().url_patterns, "") if route.startswith("admin/")]


def _walk(patterns, prefix):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route


def filled(route, values):
    """Addresses for `route`, one for each combination of the foreign values of its parameters.

    Fails for a parameter without values, so that a new address cannot be left out of the crawl.
    """
    names = [a or b for a, b in PARAMETER.findall(route)]
    choices = [values_for(route, name, values) for name in names]
    for combination in product(*choices):
        path = PARAMETER.sub("{}", route).format(*combination)
        yield "/" + path.replace("^", "").replace("$", "").replace("\\.", ".")


def values_for(route, name, values):
    """The foreign values of parameter `name` in `route`; the longest matching prefix decides."""
    for prefix in sorted(values, key=len, reverse=True):
        if route.startswith(prefix) and name in values[prefix]:
            return values[prefix][name]
    raise AssertionError(f"No foreign value is known for <{name}> in {route}: add one to the crawl.")
