"""Where the rooms above hang what a site needs, has and counts. docs/architecture.md lists every seam of the house."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from wagtail.models import Page

from organisations.models import Organisation
from organisations.seams import Seam

opening_steps: Seam[Callable[[Organisation, Page], None]] = Seam(
    "step(organisation, home): what a site is given when it is opened; the same again changes nothing"
)
starter_steps: Seam[Callable[[str, Page], None]] = Seam(
    "step(kind, home): pages for the template that sites of `kind` are made from; the same again changes nothing"
)
readiness_checks: Seam[Callable[[Organisation], tuple[str, bool, str]]] = Seam(
    "check(organisation) -> (label, done, admin address): what a site must have before readers see it"
)
activity_sources: Seam[Callable[[datetime], dict[int, tuple[datetime | None, int]]]] = Seam(
    "source(since) -> {organisation id: (moment of the last item, number since)}: for the table of sites"
)
late_sources: Seam[Callable[[Organisation], tuple[str, int, str]]] = Seam(
    "source(organisation) -> (label, number, admin address): what is past its time, for the manager's panel"
)
features: Seam[Any] = Seam("a commune_sites.features.Feature: a part of a site that operators switch")


def run_opening_steps(organisation: Organisation, home: Page) -> None:
    """What other apps give a site that is being opened."""
    for step in opening_steps:
        step(organisation, home)


def run_starter_steps(kind: str, home: Page) -> None:
    """The pages that other apps give a template; the same again changes nothing."""
    for step in starter_steps:
        step(kind, home)
