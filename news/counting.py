"""Articles in the yearly figures, by genre."""

from django.db.models import Count

from home.figures import register_counter

from .models import NewsPage


@register_counter
def count_articles(year):
    articles = NewsPage.objects.live().filter(published_at__year=year).order_by()
    for publisher, genre, number in articles.values_list("publisher", "genre").annotate(Count("pk")):
        yield publisher, str(NewsPage.Genre(genre).label), number
