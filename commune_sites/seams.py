"""Where the rooms above hang what a site needs, has and counts. docs/architecture.md lists every seam of the house."""

from organisations.seams import Seam

opening_steps = Seam("step(organisation, home): what a site is given when it is opened; the same again changes nothing")
starter_steps = Seam(
    "step(kind, home): pages for the template that sites of `kind` are made from; the same again changes nothing"
)
readiness_checks = Seam(
    "check(organisation) -> (label, done, admin address): what a site must have before readers see it"
)
activity_sources = Seam(
    "source(since) -> {organisation id: (moment of the last item, number since)}: for the table of sites"
)
late_sources = Seam(
    "source(organisation) -> (label, number, admin address): what is past its time, for the manager's panel"
)
features = Seam("a commune_sites.features.Feature: a part of a site that operators switch")


def run_opening_steps(organisation, home):
    """What other apps give a site that is being opened."""
    for step in opening_steps:
        step(organisation, home)


def run_starter_steps(kind, home):
    """The pages that other apps give a template; the same again changes nothing."""
    for step in starter_steps:
        step(kind, home)
