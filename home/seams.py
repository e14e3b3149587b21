"""Where the rooms above home hang what they add to its pages. docs/architecture.md lists every seam of the house."""

from organisations.seams import Seam

page_notices = Seam("source(page, request) -> str: a sentence above an English page, empty for none")
prose_filters = Seam("filter(markup, request, page) -> markup: what becomes of the text of every page")


def notices_about(page, request):
    """The sentences that registered apps have to say about the English page `page`."""
    return [sentence for source in page_notices if (sentence := source(page, request))]


def filtered_prose(markup, request, page):
    """`markup` as the registered filters leave it."""
    for filter in prose_filters:
        markup = filter(markup, request, page)
    return markup
