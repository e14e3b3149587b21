"""Documents in the yearly figures: by the day they went public here, whatever the year they were issued in."""

from django.db.models import Count

from home.figures import register_counter

from .models import DocumentPage


@register_counter
def count_documents(year):
    documents = DocumentPage.objects.live().filter(first_published_at__year=year).order_by()
    for publisher, number in documents.values_list("publisher").annotate(Count("pk")):
        yield publisher, "Văn bản", number
