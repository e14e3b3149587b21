"""What is kept of a page (home.kept) is forgotten when the page is published, taken down, moved or deleted."""

from django.utils.translation import gettext_lazy as _

from editorial import after_publish
from editorial.publications import Event

from .frame import is_in_menus
from .kept import forget
from .models import SharedPage


@after_publish.step("home.menu", _("Trình đơn và khung trang"), Event)
def forget_menu(happening: after_publish.Happening) -> None:
    if happening.page is None or is_in_menus(happening.page):
        forget()


@after_publish.step("home.languages", _("Nút chuyển ngôn ngữ"), [Event.PUBLISHED, Event.UNPUBLISHED, Event.DELETED])
def forget_languages(happening: after_publish.Happening) -> None:
    """Its translations tell of it, or no longer do, at once."""
    if happening.page is None or happening.page.get_translations().exists():
        forget()


@after_publish.step("home.shared", _("Bài dùng chung trên các trang cấp dưới"), [Event.PUBLISHED, Event.UNPUBLISHED])
def forget_shared(happening: after_publish.Happening) -> None:
    """What is taken down disappears from the other sites at once; a new title shows."""
    if SharedPage.objects.filter(page=happening.page_id).exists():
        forget()
