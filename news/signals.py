"""Keep what an article repeats of the tree true after a move, and what is counted of articles true after any change."""

from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction

from editorial import after_publish
from editorial.publications import Event
from home.kept import note_change

from .listing import recount
from .models import Category, NewsPage

for signal in (post_save, post_delete):
    signal.connect(recount, sender=PageViewRestriction, dispatch_uid="news_recount_restricted")
    signal.connect(note_change, sender=Category, dispatch_uid="frame_Category")


@after_publish.step("news.place", _("Chuyên mục và đơn vị của bài"), [Event.MOVED])
def note_new_place(happening):
    """An article moved alone, or a whole section moved with its articles."""
    moved = NewsPage.objects.descendant_of(happening.page, inclusive=True).select_related("section")
    for article in moved.iterator(chunk_size=500):
        article.place_in(Page.objects.get(pk=article.get_parent().pk))
        NewsPage.objects.filter(pk=article.pk).update(section_id=article.section_id, publisher_id=article.publisher_id)


@after_publish.step(
    "news.counts", _("Số bài trong các danh sách"), [Event.PUBLISHED, Event.UNPUBLISHED, Event.DELETED], NewsPage
)
def forget_counts(happening):
    recount()


@after_publish.step("news.moved_counts", _("Số bài trong các danh sách, sau khi chuyển chỗ"), [Event.MOVED])
def forget_moved_counts(happening):
    """Whatever was moved may hold articles."""
    recount()
