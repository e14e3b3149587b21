"""A page that is filled in quickly, and the form that the editor's browser would send for it."""

from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from editorial.submission import Submission
from home.models import StandardPage


def make_standard_page(organisation, title, editor, **fields):
    """A draft of `editor` with its first revision, live when told so."""
    page = StandardPage(title=title, owner=editor, **({"live": False} | fields))
    organisation.home_page.add_child(instance=page)
    page.save_revision(user=editor)
    return page


def standard_page_form(page, **fields):
    """What the editor sends to save `page` as a draft; `fields` instead of, or besides, what it has."""
    data = {
        "title": page.title,
        "slug": page.slug,
        "seo_title": "",
        "search_description": "",
        "lead": page.lead,
        "body": streamfield([]),
        "go_live_at": "",
        "expire_at": "",
        "comments": inline_formset([]),
        "comment_notifications": "",
    }
    return nested_form_data(data | fields)


def read_by_approver(item):
    """What the form of a decision names when `item` (a page, a request) was read as it is now."""
    submission = Submission.of(type(item)._default_manager.get(pk=item.pk))
    return {"revision": submission.revision.pk, "digest": submission.digest}
