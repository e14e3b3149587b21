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

    def _may_bypass_moderation(self):
        return self.user.is_superuser or not self.page.has_workflow
