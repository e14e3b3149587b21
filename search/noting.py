"""What is asked of the search, counted by site and month for the editors. Nothing that may name a person is kept."""

import re

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .models import AskedWords

LONGEST = 100
# A telephone or identity number, an address of mail.
_PERSONAL = re.compile(r"(?:\d[ .-]?){8,}|@")


def note(organisation, words, total):
    """Count that `words` were asked for on the organisation's site and found `total` pages."""
    text = " ".join(words.lower().split())
    if not text or len(text) > LONGEST or _PERSONAL.search(text):
        return
    key = {"organisation": organisation, "month": timezone.localdate().replace(day=1), "words": text}
    with transaction.atomic():
        AskedWords.objects.get_or_create(**key)
        AskedWords.objects.filter(**key).update(times=F("times") + 1, found=total)


def frequent(organisations, month, without_result=False, most=50):
    """The words asked most often in `month` on the sites of `organisations`; or those that found nothing."""
    rows = AskedWords.objects.filter(organisation__in=organisations, month=month).select_related("organisation")
    if without_result:
        rows = rows.filter(found=0)
    return rows.order_by("-times", "words")[:most]
