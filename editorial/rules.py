"""May this person? The only place that decides about publishing. Asked for every row of a listing, so mind the queries."""

from wagtail.models import PagePermissionTester


class EditorialPermissionTester(PagePermissionTester):
    """Wagtail's tester, except that pages are neither published nor taken down without moderation.

    Superusers keep the direct buttons as the way out of an emergency; Wagtail logs their use.
    """

    def can_publish(self) -> bool:
        return self.user.is_superuser and super().can_publish()

    def can_unpublish(self) -> bool:
        return self.user.is_superuser and super().can_unpublish()

    def can_publish_subpage(self) -> bool:
        return self.user.is_superuser and super().can_publish_subpage()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """What readers can see is taken down first, by a request that others approve; what waits or is locked stays."""
        if not self.user.is_superuser and (self.page.live or self.page_locked()):
            return False
        if self._is_leaf_to_change():
            return True
        return super().can_delete(ignore_bulk) and (self.user.is_superuser or not self._shows_descendants())

    def can_move(self) -> bool:
        """Moving keeps a page live: for operators, and for editors while it is a draft of theirs to change."""
        if not self.user.is_superuser and self.page_locked():
            return False
        if self._is_leaf_to_change():
            return not self.page.live or "publish" in self.permissions
        return super().can_delete(ignore_bulk=True)

    def can_request(self) -> bool:
        """Whether the person may ask for the page to be shown on the home page, or to be taken down."""
        return self.page.live and self.can_edit()

    def _is_leaf_to_change(self) -> bool:
        """The common case in a listing, decided without asking the database for live descendants."""
        if self.user.is_superuser or not self.user.is_active or self.page_is_root:
            return False
        return self.page.is_leaf() and "change" in self.permissions

    def _shows_descendants(self) -> bool:
        return self.page.get_descendants().live().exists()
