"""Where apps to the right of home (news, documents, …) hang what they add to its pages."""

front_page_sources = []
opening_steps = []
starter_steps = []
readiness_checks = []
activity_sources = []
late_sources = []
prose_filters = []
page_notices = []


def register_front_page_source(source):
    """Register `source(page, request) -> dict`, merged into the context of every home page."""
    front_page_sources.append(source)
    return source


def front_page_context(page, request):
    """All that registered apps say about the home page `page`."""
    context = {}
    for source in front_page_sources:
        context.update(source(page, request))
    return context


def register_starter_step(step):
    """Register `step(kind, home)`, which gives pages to the template that sites of `kind` are made from."""
    starter_steps.append(step)
    return step


def run_starter_steps(kind, home):
    """The pages that other apps give a template; the same again changes nothing."""
    for step in starter_steps:
        step(kind, home)


def register_opening_step(step):
    """Register `step(organisation, home)`, run when a site is opened; the same again must change nothing."""
    opening_steps.append(step)
    return step


def run_opening_steps(organisation, home):
    """What other apps give a site that is being opened."""
    for step in opening_steps:
        step(organisation, home)


def register_readiness(check):
    """Register `check(organisation) -> (label, done, admin address)`: what a site must have before it is opened to readers."""
    readiness_checks.append(check)
    return check


def register_activity(source):
    """Register `source(since) -> {organisation id: (moment of the last item, number since)}` for the table of sites."""
    activity_sources.append(source)
    return source


def register_late(source):
    """Register `source(organisation) -> (label, number, admin address)`: what is past its time, for the manager's panel."""
    late_sources.append(source)
    return source


def register_page_notice(source):
    """Register `source(page, request) -> str`, a sentence above an English page, "" for none."""
    page_notices.append(source)
    return source


def notices_about(page, request):
    """The sentences that registered apps have to say about the English page `page`."""
    return [sentence for source in page_notices if (sentence := source(page, request))]


def register_prose_filter(filter):
    """Register `filter(markup, request, page) -> markup`, for the text of every page."""
    prose_filters.append(filter)
    return filter


def filtered_prose(markup, request, page):
    """`markup` as the registered filters leave it."""
    for filter in prose_filters:
        markup = filter(markup, request, page)
    return markup
