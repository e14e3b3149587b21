"""Images and files are private until a live page uses them.

What uses what is Wagtail's reference index, which follows the published state of pages: a draft's new picture appears in it
only when the draft goes live. So the answer is one query, and taking a page down closes its files at once.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from ..models import SiteSettings
from ..visibility import unrestricted
from .models import PortalImage

RESTRICTED_PAGES_ASKED = 20


def may_read(item, request):
    """Whether the sender of `request` may have the image or file `item`."""
    return is_public(item) or works_with(item, request.user) or _let_into_a_page(item, request)


def is_public(item):
    """Whether a page that everyone may read uses `item`, or a site wears it as its emblem."""
    if isinstance(item, PortalImage) and SiteSettings.objects.filter(emblem=item).exists():
        return True
    return using(item).filter(unrestricted()).exists()


def using(item):
    """The live pages that use `item`."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(item),
        to_object_id=str(item.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    return Page.objects.filter(Exists(references), live=True)


def works_with(item, user):
    """Whether `user` may choose or change the item in the admin: people of the organisation that owns it."""
    if not user.is_authenticated:
        return False
    policy = policy_registry.get_by_type(type(item))
    return policy.user_has_any_permission_for_instance(user, ["choose", "change"], item)


def _let_into_a_page(item, request):
    """A page behind a view restriction shows its files to whoever it lets in."""
    pages = using(item).exclude(unrestricted())[:RESTRICTED_PAGES_ASKED]
    return any(
        all(restriction.accept_request(request) for restriction in page.get_view_restrictions()) for page in pages
    )
