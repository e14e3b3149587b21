"""Conditions that kinds share where the database is asked in the engine's place."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from organisations.models import Organisation
from organisations.policies import any_of
from organisations.scoping import homes_of

from ..questions import Question


def titled(words: list[str]) -> Q:
    """All of the folded `words` in the title."""
    condition = Q()
    for word in words:
        condition &= Q(folded_title__contains=word)
    return condition


def site_codes(question: Question) -> list[str]:
    """Codes of the sites that were chosen: the one searched, and the facet's."""
    return [code for name in ("scope", "site") if (code := question.chosen.get(name))]


def of_publisher(question: Question) -> Q:
    """On the sites that were chosen, for pages that name their publisher."""
    condition = Q()
    for code in site_codes(question):
        condition &= Q(publisher__code=code)
    return condition


def in_trees(question: Question) -> Q:
    """The same for pages that only stand in a tree."""
    condition = Q()
    for code in site_codes(question):
        organisation = Organisation.objects.filter(code=code).select_related("home_page").first()
        paths = homes_of(organisation).values_list("path", flat=True) if organisation else []
        condition &= any_of(Q(path__startswith=path) for path in paths)
    return condition


def asks_for_others(question: Question, *without: str) -> bool:
    """Whether something is chosen that pages of a kind never have."""
    return any(question.status if name == "status" else question.chosen.get(name) for name in without)


def chosen_values(question: Question, **paths: str) -> Q:
    """{facet=field}: what was chosen of each, as it stands in the field."""
    values = {path: question.chosen[name] for name, path in paths.items() if question.chosen.get(name)}
    return Q(**values)


def on_days(question: Question, path: str, is_moment: bool) -> Q:
    """From the day `since` to the day `until`, both included."""
    bounds: dict[str, Any] = {}
    if question.since:
        bounds[f"{path}__gte"] = _midnight(question.since) if is_moment else question.since
    if question.until:
        after = question.until + datetime.timedelta(days=1)
        bounds[f"{path}__lt"] = _midnight(after) if is_moment else after
    return Q(**bounds)


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.min, timezone.get_current_timezone())


def nothing(pages: "QuerySet[Any]") -> "QuerySet[Any]":
    return pages.none()
