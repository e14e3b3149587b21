"""Images and files are private until a live page uses them.

What uses what is Wagtail's reference index, which follows the published state of pages: a draft's new picture appears in it
only when the draft goes live. So the answer is one query, and taking a page down closes its files at once.

A page opens only what is its own organisation's: whoever puts the number of a foreign picture into a form, a text or a
setting opens nothing by it. What lies in no organisation's collection is the whole province's, and any page opens it.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Collection, Page, ReferenceIndex
from wagtail.permissions import policy_registry

from organisations.models import Organisation
from organisations.policies import any_of
from organisations.succession import answering_for, closed_before

from ..frame import cached
from ..models import SiteSettings
from ..visibility import unrestricted
from .models import PortalImage

RESTRICTED_PAGES_ASKED = 20
EVERYBODY = "everybody"


def may_read(item, request):
    """Whether the sender of `request` may have the image or file `item`."""
    return is_public(item) or works_with(item, request.user) or _let_into_a_page(item, request)


def is_public(item):
    """Whether a page that everyone may read uses `item`, or a site wears it as its emblem, as they may."""
    return is_worn(item) or using(item).filter(unrestricted()).exists()


def is_worn(item):
    """Whether a site of the organisation that owns it wears `item` as its emblem."""
    if not isinstance(item, PortalImage):
        return False
    return SiteSettings.objects.filter(_of_owner(item, "site__root_page__"), emblem=item).exists()


def using(item):
    """The live pages that use `item` and may open it: those of the organisation that owns it."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(item),
        to_object_id=str(item.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    return Page.objects.filter(Exists(references), _of_owner(item), live=True)


def _of_owner(item, page=""):
    """Condition on pages: of the organisation that owns `item`, of one that it followed, or that follows it.

    `page` is the way from the rows to the page where it is not the row itself.
    """
    paths = cached(f"homes-of-collection-{item.collection_id}", lambda: _home_paths(item.collection))
    if paths == EVERYBODY:
        return Q()
    return any_of([Q(**{f"{page}path__startswith": path}) for path in paths])


def _home_paths(collection):
    """Tree paths of the home pages, in all languages, whose pages may open what lies in `collection`."""
    above = [collection.path[:end] for end in range(Collection.steplen, len(collection.path) + 1, Collection.steplen)]
    owners = list(Organisation.objects.filter(collection__path__in=above))
    if not owners:
        return EVERYBODY
    allied = closed_before([owner.pk for owner in owners])
    pks = {pk for owner in owners for pk in {owner.pk, *answering_for(owner), *allied[owner.pk]}}
    keys = Page.objects.filter(pk__in=Organisation.objects.filter(pk__in=pks).values("home_page"))
    return list(Page.objects.filter(translation_key__in=keys.values("translation_key")).values_list("path", flat=True))


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
