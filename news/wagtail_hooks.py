"""Screens for authors, kept by each organisation, and for subjects, kept by the operators for all."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.permissions import register_permission_policy

from organisations.models import Role
from organisations.viewsets import OperatorPolicy, OrganisationPolicy, ScopedModelViewSet

from .forms import ContributorForm
from .models import Category, Contributor

CONTRIBUTOR_ACTIONS = {
    Role.EDITOR: {"add", "change"},
    Role.APPROVER: {"add", "change"},
    Role.MANAGER: {"add", "change", "delete"},
}

register_permission_policy(Contributor, OrganisationPolicy(Contributor, CONTRIBUTOR_ACTIONS))
register_permission_policy(Category, OperatorPolicy(Category))


class ContributorViewSet(ScopedModelViewSet):
    model = Contributor
    name = "tac-gia"
    icon = "user"
    menu_label = _("Tác giả")
    add_to_admin_menu = True
    menu_order = 560
    list_display = ["pen_name", "organisation"]
    ordering = ["name_sort"]
    search_fields = ["pen_name"]
    edit_handler = ObjectList(
        [FieldPanel("organisation"), FieldPanel("pen_name"), FieldPanel("user")], base_form_class=ContributorForm
    )


class CategoryViewSet(ScopedModelViewSet):
    model = Category
    name = "linh-vuc"
    icon = "tag"
    menu_label = _("Lĩnh vực")
    add_to_settings_menu = True
    list_display = ["name", "name_en", "slug", "order"]
    ordering = ["order", "name_sort"]
    search_fields = ["name", "name_en"]
    panels = [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("slug"), FieldPanel("order")]


@hooks.register("register_admin_viewset")
def contributor_screens():
    return ContributorViewSet()


@hooks.register("register_admin_viewset")
def category_screens():
    return CategoryViewSet()
