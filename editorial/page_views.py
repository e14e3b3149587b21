"""Wagtail's screens of a page where moderation asks for more than they do."""

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from . import comments
from .submission import hold_page


class HoldsPage:
    """What a form does to a page is done while the page is held, from the first reading of it to the last write.

    Of two clicks, or two windows, the second meets what the first has made of the page: locked, handed in, renamed.
    """

    held = "page_id"

    def dispatch(self, request, *args, **kwargs):
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            hold_page(kwargs[self.held])
            return super().dispatch(request, *args, **kwargs)


class ModeratedEditView(HoldsPage, EditView):
    """The editor of a page."""

    def send_commenting_notifications(self, changes):
        """Wagtail writes to whoever once followed the page; ours asks who may still see it when the letter goes."""
        comments.announce(self.page, self.request.user, changes)


class ModeratedCreateView(HoldsPage, CreateView):
    """The editor of a page that is not there yet; its place among the others is given while the parent is held."""

    held = "parent_page_id"


class NoSuchDoor(View):
    """Wagtail's own addresses of decisions name no revision; ours shows what it decides about (editorial.views.DecideView)."""

    model = Page

    def dispatch(self, request, *args, **kwargs):
        raise Http404(_("Hãy duyệt ở màn hình “Chờ duyệt”."))
