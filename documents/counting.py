"""Documents in the yearly figures: by the day they went public here, whatever the year they were issued in."""

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from home.figures import register_counter
from home.registry import register_activity, register_late

from .duties import summary
from .models import DocumentPage


@register_counter
def count_documents(year):
    documents = DocumentPage.objects.live().filter(first_published_at__year=year).order_by()
    for publisher, number in documents.values_list("publisher").annotate(Count("pk")):
        yield publisher, "Văn bản", number


@register_activity
def activity_of_documents(since):
    documents = DocumentPage.objects.live().order_by().values("publisher")
    rows = documents.annotate(
        last=Max("first_published_at"), number=Count("pk", filter=Q(first_published_at__gte=since))
    )
    return {row["publisher"]: (row["last"], row["number"]) for row in rows}


@register_late
def late_documents(organisation):
    """Documents of this year that are not public although their working days are over."""
    rows = summary([organisation], timezone.localdate().year)
    return _("Văn bản quá hạn đăng"), rows[0].waiting_late if rows else 0, reverse("documents_admin:duties")
