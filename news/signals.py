"""Keep what an article repeats of the tree true after a move."""

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import post_page_move

from .models import NewsPage


@receiver(post_page_move)
def note_new_place(sender, instance, parent_page_after, **kwargs):
    """An article moved alone, or a whole section moved with its articles."""
    moved = NewsPage.objects.descendant_of(instance, inclusive=True).select_related("section")
    for article in moved.iterator(chunk_size=500):
        article.place_in(Page.objects.get(pk=article.get_parent().pk))
        NewsPage.objects.filter(pk=article.pk).update(section_id=article.section_id, publisher_id=article.publisher_id)
