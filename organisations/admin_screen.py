"""Wagtail's frame around a screen of ours: who may see it, and how one got there."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .models import User
from .signed_in import SignedInRequest


class AdminScreen(WagtailAdminTemplateMixin, View):
    """Stands first among the bases of a screen; the second says what kind of view it is (FormView, ListView …).

    `above` are the screens on the way here from the dashboard: (name of the address, label).
    """

    request: SignedInRequest
    above: ClassVar[Sequence[tuple[str, str | Promise]]] = ()
    # A str or a Promise: Wagtail, which is not annotated, seems to allow no Promise.
    page_title: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may(self.request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may(self, user: User) -> bool:
        """Whether the person may use the screen; asked before anything is read or done.

        Http404 instead of False where the person may not even know that what the address names is there.
        """
        raise NotImplementedError

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = [{"url": reverse(name), "label": label} for name, label in self.above]
        return [*self.breadcrumbs_items, *way, {"url": "", "label": self.get_page_title()}]
