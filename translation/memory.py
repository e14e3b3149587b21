"""Translation memory: how the same or a like sentence was translated before, on whatever page."""

from difflib import SequenceMatcher

from django.db.models import F
from django.db.models.functions import Length
from wagtail_localize.models import StringTranslation

ALIKE, MOST = 0.72, 2
# Strings of like length that are compared; sentences repeat mostly among the newest.
COMPARED = 400


def exact(rows, locale):
    """{string id: the newest translation of the same sentence elsewhere} for rows without one of their own, in one query."""
    wanted = {row.segment.string_id for row in rows if row.translation is None}
    found = StringTranslation.objects.filter(translation_of__in=wanted, locale=locale, has_error=False)
    return dict(found.order_by("updated_at").values_list("translation_of", "data"))


def alike(text, locale):
    """[(percent, Vietnamese, English)] of sentences most like `text`, itself left out."""
    length = len(text)
    near = (
        StringTranslation.objects.filter(locale=locale, has_error=False)
        .annotate(vi=F("translation_of__data"), size=Length("translation_of__data"))
        .filter(size__gte=length * 0.6, size__lte=length * 1.6)
        .exclude(translation_of__data=text)
        .order_by("-updated_at")
        .values_list("vi", "data")[:COMPARED]
    )
    found = {}
    for vi, en in near:
        matcher = SequenceMatcher(None, text, vi, autojunk=False)
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
            found.setdefault(vi, (round(100 * matcher.ratio()), vi, en))
    return sorted(found.values(), reverse=True)[:MOST]
