"""The border between organisations in the admin, drawn once for every screen, Wagtail's own and those to come.

Wagtail's permission policies decide in most of its screens, but not in all: several show an object by its number to whoever
may work with objects of that kind at all, and several reports list every organisation's work. So each address that
names a page, an image or a file is checked here before its view runs, and the province-wide reports are the operators'.
"""

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found
from wagtail.models import Page

from organisations.grants import has_role, is_operator
from organisations.models import Role, User
from organisations.scoping import organisation_of, organisations_for

from ..media.locks import DELETE_NOTE, is_shown
from ..media.models import PortalFile, PortalImage
from .choosers import asks_for_whole_province, choosable_files, choosable_pages
from .telling import asked_by

PAGE_PARAMETERS = {"page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id"}
FILE_PARAMETERS = {"image_id": PortalImage, "document_id": PortalFile, "doc_id": PortalFile}
# Addresses that name what they show in the query string.
LISTED = {
    "wagtailadmin_choose_page_chosen_multiple": Page,
    "wagtailimages_chooser:chosen_multiple": PortalImage,
    "wagtaildocs_chooser:chosen_multiple": PortalFile,
}
CHOSEN = {"wagtailimages_chooser:chosen": PortalImage, "wagtaildocs_chooser:chosen": PortalFile}
REPORTS = {"locked_pages", "workflow", "workflow_tasks", "site_history", "page_types_usage"}
FOR_OPERATORS = {
    *(f"wagtailadmin_reports:{name}{suffix}" for name in REPORTS for suffix in ("", "_results")),
    "wagtailadmin_pages:type_use",
    "wagtailadmin_pages:type_use_results",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
}
# Wagtail's screens that the portal has no use for: foreign videos, copies of pictures in any size, and a new file kept
# unseen while the rest of its form is wrong.
CLOSED = {
    "wagtailembeds:chooser",
    "wagtailembeds:chooser_upload",
    "wagtailimages:url_generator",
    "wagtailimages:url_generator_output",
    "wagtailimages:preview",
    "wagtailimages:create_multiple_from_uploaded_image",
    "wagtaildocs:create_multiple_from_uploaded_document",
}
DELETING = {f"wagtail{room}:{name}" for room in ("images", "docs") for name in ("delete", "delete_multiple")}


class BorderMiddleware:
    """Answers 404 where a person asks for what belongs to another organisation."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with asked_by(request):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        try:
            self.check(request, kwargs)
        except Http404 as refusal:
            return page_not_found(request, refusal, template_name="wagtailadmin/404.html")

    def check(self, request, kwargs):
        """Raises Http404 where the border is crossed."""
        if not request.path.startswith("/admin/") or not request.user.is_authenticated:
            return
        name = request.resolver_match.view_name
        if name in CLOSED:
            raise Http404(_("Cổng không dùng màn hình này."))
        keep_what_pages_show(name, kwargs)
        if is_operator(request.user):
            return
        if name in FOR_OPERATORS:
            raise Http404(_("Màn hình này dành cho quản trị vận hành Cổng."))
        if not all(may_see(request, model, ids) for model, ids in named_objects(request, name, kwargs)):
            raise Http404(_("Không có nội dung này trong đơn vị của Anh/Chị."))


def keep_what_pages_show(name, kwargs):
    """Raises Http404 where a file or picture that a live page shows would be deleted (home.media.locks)."""
    if name not in DELETING:
        return
    for key, pk in kwargs.items():
        item = FILE_PARAMETERS[key].objects.filter(pk=pk).first() if key in FILE_PARAMETERS else None
        if item and is_shown(item):
            raise Http404(DELETE_NOTE)


def named_objects(request, name, kwargs):
    """(model, ids) of everything that the address names."""
    for parameter, value in kwargs.items():
        if parameter in PAGE_PARAMETERS:
            yield Page, [value]
        elif parameter in FILE_PARAMETERS:
            yield FILE_PARAMETERS[parameter], [value]
    if name in CHOSEN:
        yield CHOSEN[name], [kwargs["pk"]]
    if name in LISTED:
        yield LISTED[name], request.GET.getlist("id")
    if name == "wagtail_bulk_action":
        yield from _of_bulk_action(request, kwargs)


def _of_bulk_action(request, kwargs):
    """Tags are common to all organisations, so none are added; people are managed on their own screen."""
    models = {"page": Page, "portalimage": PortalImage, "portalfile": PortalFile, "user": User}
    model = models.get(kwargs["model_name"])
    if model in (None, User) or kwargs["action"] == "add_tags":
        raise Http404(_("Không có thao tác này."))
    ids = request.GET.getlist("id")
    yield model, [value for value in ids if value != "all"]
    if request.GET.get("childOf"):
        yield Page, [request.GET["childOf"]]


def may_see(request, model, ids):
    """Whether all of `ids` are things that the person may meet in the admin."""
    wanted = {int(value) for value in ids if str(value).isdecimal()}
    if len(wanted) != len(set(map(str, ids))):
        return False
    if not wanted:
        return True
    if model is not Page:
        return choosable_files(request.user, model).filter(pk__in=wanted).count() == len(wanted)
    found = set(choosable_pages(request.user).filter(pk__in=wanted).values_list("pk", flat=True))
    if asks_for_whole_province(request):
        found |= set(
            choosable_pages(request.user, whole_province=True).filter(pk__in=wanted).values_list("pk", flat=True)
        )
    return all(_may_translate(request.user, pk) for pk in wanted - found)


def _may_translate(user, page_id):
    """Translators work from published Vietnamese pages of their own organisation."""
    page = Page.objects.live().filter(pk=page_id).first()
    if page is None or not has_role(user, Role.TRANSLATOR):
        return False
    return organisation_of(page) in organisations_for(user)
