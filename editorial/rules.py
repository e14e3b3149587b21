"""May this person? The only place that decides about publishing."""

from wagtail.models import PagePermissionTester


class EditorialPermissionTester(PagePermissionTester):
    """Wagtail's tester, except that what passes moderation is neither published nor taken down directly.

    Superusers keep the direct buttons as the way out of an emergency; Wagtail logs their use.
    """

    def can_publish(self):
        return super().can_publish() and self._may_bypass_moderation()

    def can_unpublish(self):
        return super().can_unpublish() and self._may_bypass_moderation()

    def can_publish_subpage(self):
        return super().can_publish_subpage() and self._may_bypass_moderation()

    def can_delete(self, ignore_bulk=False):
        """What readers can see is taken down first, by a request that others approve."""
        return super().can_delete(ignore_bulk) and (self.user.is_superuser or not self._holds_live_pages())

    def can_move(self):
        """Moving keeps a page live, so it is not held to the rule for deletion."""
        return super().can_delete(ignore_bulk=True)

    def can_request(self):
        """Whether the person may ask for the page to be shown on the home page, or to be taken down."""
        return self.page.live and self.can_edit()

    def _holds_live_pages(self):
        return self.page.live or self.page.get_descendants().live().exists()

    def _may_bypass_moderation(self):
        return self.user.is_superuser or not self.page.has_workflow
