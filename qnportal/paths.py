"""Addresses that no page can have are not looked up: the database refuses some of them, and long ones cost time."""

import re

from django.http import Http404
from django.utils.translation import gettext as _

LONGEST = 2000
_CONTROL = re.compile("[\x00-\x1f\x7f]")


class SanePathMiddleware:
    """404 for paths that are overlong or hold control characters, in the look of the site."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if len(request.path_info) > LONGEST or _CONTROL.search(request.path_info):
            raise Http404(_("Không có trang này."))
        return self.get_response(request)
