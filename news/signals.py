"""Keep what an article repeats of the tree true after a move, and what is counted of articles true after any change."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from home.kept import forget

from .listing import recount
from .models import Category, NewsPage

for signal in (page_published, page_unpublished, post_delete):
    signal.connect(recount, sender=NewsPage, dispatch_uid="news_recount")
post_page_move.connect(recount, dispatch_uid="news_recount_moved")
for signal in (post_save, post_delete):
    signal.connect(recount, sender=PageViewRestriction, dispatch_uid="news_recount_restricted")
    signal.connect(forget, sender=Category, dispatch_uid="frame_Category")


@receiver(post_page_move)
def note_new_place(sender, instance, parent_page_after, **kwargs):
    """An article moved alone, or a whole section moved with its articles."""
    moved = NewsPage.objects.descendant_of(instance, inclusive=True).select_related("section")
    for article in moved.iterator(chunk_size=500):
        article.place_in(Page.objects.get(pk=article.get_parent().pk))
        NewsPage.objects.filter(pk=article.pk).update(section_id=article.section_id, publisher_id=article.publisher_id)
