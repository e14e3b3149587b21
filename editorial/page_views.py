"""Wagtail's screens of a page where moderation asks for more than they do."""

from wagtail.admin.views.pages.edit import EditView

from . import comments


class ModeratedEditView(EditView):
    """The editor of a page."""

    def send_commenting_notifications(self, changes):
        """Wagtail writes to whoever once followed the page; ours asks who may still see it when the letter goes."""
        comments.announce(self.page, self.request.user, changes)
