"""What people may pick in the admin's choosers: their own organisation's, or, when asked for, what the whole province reads."""

from django.db.models import F
from wagtail.models import Page
from wagtail.permissions import policy_registry

from organisations.grants import is_operator

from ..media.models import PortalFile, PortalImage
from ..visibility import unrestricted

WHOLE_PROVINCE = "toan_tinh"


def choosable_pages(user, whole_province=False):
    """Pages that `user` may link to: the own ones in whatever state, and on request all that the public reads.

    A live page whose title is being changed is left out of the latter, since choosers show the draft's title.
    """
    policy = policy_registry.get_by_type(Page)
    if whole_province:
        return Page.objects.live().filter(unrestricted(), draft_title=F("title"))
    return policy.explorable_instances(user)


def asks_for_whole_province(request):
    """Whether the person has chosen to look beyond the own organisation."""
    return bool(request.GET.get(WHOLE_PROVINCE))


def choosable_files(user, model):
    """Images (PortalImage) or files (PortalFile) of the collections that `user` works with."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, ["choose", "change", "delete"])


def scope_pages(pages, request):
    """Hook of the page chooser. Paths instead of a join: the listing is filtered once more by Wagtail."""
    if is_operator(request.user) and not asks_for_whole_province(request):
        return pages
    return pages.filter(pk__in=choosable_pages(request.user, asks_for_whole_province(request)).values("pk"))


def scope_images(images, request):
    return images.filter(pk__in=choosable_files(request.user, PortalImage).values("pk"))


def scope_files(files, request):
    return files.filter(pk__in=choosable_files(request.user, PortalFile).values("pk"))
