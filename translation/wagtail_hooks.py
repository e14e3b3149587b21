"""Where the desk hangs in Wagtail's admin, and what of wagtail-localize's own screens is closed."""

from django.http import Http404
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, re_path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import Button
from wagtail.permissions import register_permission_policy

from organisations.viewsets import OperatorPolicy, ScopedModelViewSet

from . import views
from .doors import CLOSED_ITEMS, CLOSED_PREFIX, OPEN_SCREEN
from .models import Term, Work
from .rights import is_translator, may_begin, may_give


@hooks.register("register_admin_urls", order=-10)
def desk_urls():
    """Before wagtail-localize's own, so that its editor is never reached; its scripts' words stay."""
    closed = re_path(f"^{CLOSED_PREFIX}(?!{OPEN_SCREEN})", views.not_here)
    return [path("", include("translation.urls")), closed]


class DeskMenuItem(MenuItem):
    def is_shown(self, request):
        return is_translator(request.user)


@hooks.register("register_admin_menu_item")
def desk_menu_item():
    return DeskMenuItem(_("Biên dịch"), reverse("translation:desk"), name="translation", icon_name="globe", order=260)


@hooks.register("register_reports_menu_item")
def coverage_menu_item():
    label = _("Thông tin tiếng Anh")
    return DeskMenuItem(label, reverse("translation:coverage"), name="coverage", icon_name="globe", order=710)


@hooks.register("before_edit_page", order=-10)
def own_editor(request, page):
    """An English page with a Vietnamese original is edited at the desk; wagtail-localize's ways in are closed."""
    if request.method == "POST" and CLOSED_ITEMS & request.POST.keys():
        raise Http404
    if request.method == "GET" and page.locale.language_code == "en" and is_translator(request.user):
        work = Work.objects.filter(page__translation_key=page.translation_key, translation__isnull=False).first()
        if work and "truc-tiep" not in request.GET:
            return redirect("translation:work", work.pk)
    return None


@hooks.register("construct_page_action_menu", order=100)
def no_stock_translation(items, request, context):
    items[:] = [item for item in items if item.name not in CLOSED_ITEMS]


@hooks.register("register_page_header_buttons")
def translation_button(page, user, view_name, next_url=None):
    """To the desk for translators, to the translators for editors."""
    if view_name != "edit" or page.locale.language_code != "vi":
        return
    if is_translator(user) and may_begin(user, page) or may_give(user, page):
        url = f"{reverse('translation:offer', args=[page.pk])}"
        yield Button(_("Dịch sang tiếng Anh"), url, icon_name="globe", priority=73)


class TermViewSet(ScopedModelViewSet):
    model = Term
    name = "thuat-ngu"
    icon = "list-ul"
    menu_label = _("Thuật ngữ Anh – Việt")
    add_to_settings_menu = True
    list_display = ["vi", "en", "wrong", "note"]
    list_filter = []
    ordering = ["vi"]
    search_fields = ["vi", "en"]
    panels = [FieldPanel("vi"), FieldPanel("en"), FieldPanel("wrong"), FieldPanel("note")]


class GlossaryPolicy(OperatorPolicy):
    """Translators keep the glossary; it is one for the whole portal."""

    def user_has_permission(self, user, action):
        return is_translator(user)

    def instances_user_has_any_permission_for(self, user, actions):
        rows = self.model._default_manager
        return rows.all() if is_translator(user) else rows.none()


register_permission_policy(Term, GlossaryPolicy(Term))


@hooks.register("register_admin_viewset")
def glossary_screens():
    return TermViewSet()


@hooks.register("insert_global_admin_css")
def desk_css():
    return format_html('<link rel="stylesheet" href="{}">', static("translation/desk.css"))
