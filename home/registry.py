"""Where apps to the right of home (news, documents, …) hang what they add to its pages."""

front_page_sources = []


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
