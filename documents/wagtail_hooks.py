"""Screens for the lists that all organisations' documents share: kept by the operators."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.permissions import register_permission_policy

from commune_sites.viewsets import OperatorPolicy, ScopedModelViewSet

from .models import Field, Issuer

register_permission_policy(Issuer, OperatorPolicy(Issuer))
register_permission_policy(Field, OperatorPolicy(Field))


class IssuerViewSet(ScopedModelViewSet):
    model = Issuer
    name = "co-quan-ban-hanh"
    icon = "group"
    menu_label = _("Cơ quan ban hành")
    add_to_settings_menu = True
    list_display = ["name", "order"]
    ordering = ["order", "name"]
    search_fields = ["name"]
    panels = [FieldPanel("name"), FieldPanel("order")]


class FieldViewSet(ScopedModelViewSet):
    model = Field
    name = "linh-vuc-van-ban"
    icon = "tag"
    menu_label = _("Lĩnh vực văn bản")
    add_to_settings_menu = True
    list_display = ["name", "slug", "order"]
    ordering = ["order", "name"]
    search_fields = ["name"]
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("order")]


@hooks.register("register_admin_viewset")
def issuer_screens():
    return IssuerViewSet()


@hooks.register("register_admin_viewset")
def field_screens():
    return FieldViewSet()
