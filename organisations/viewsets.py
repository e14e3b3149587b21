"""Admin screens for rows that belong to one organisation each: nobody meets, or names by its number, another's."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db.models import Model, ProtectedError, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy

from .fields import NameSortField
from .folding import fold
from .grants import Actions, Person, actions_of, is_operator, memberships_of
from .models import Organisation, Role, User
from .policies import people_with
from .querysets import OrganisationQuerySet

ALL_ACTIONS = {"add", "change", "delete"}


class OwnRow(Protocol):
    """A row that belongs to one organisation."""

    @property
    def organisation(self) -> Organisation: ...

    @property
    def organisation_id(self) -> int: ...


class OperatorPolicy(BasePermissionPolicy):
    """Every right on rows that the whole province shares, for operators alone."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        return is_operator(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return people_with({Role.OPERATOR: ALL_ACTIONS}, ALL_ACTIONS)

    def instances_user_has_any_permission_for(self, user: Person, actions: Iterable[str]) -> QuerySet[Any]:
        rows = self.model._default_manager
        return rows.all() if is_operator(user) else rows.none()


class OrganisationPolicy(BasePermissionPolicy):
    """Rights on rows with an `organisation`, from a table {role: actions} like those of organisations.grants."""

    def __init__(self, model: type[Model], table: Actions) -> None:
        super().__init__(model)
        self.table: Actions = {**table, Role.OPERATOR: ALL_ACTIONS}

    def organisations(self, user: Person, actions: Iterable[str]) -> OrganisationQuerySet:
        """Where `user` may do one of `actions`."""
        if is_operator(user):
            return Organisation.objects.all()
        held = memberships_of(user)
        return Organisation.objects.filter(
            pk__in={m.organisation_id for m in held if actions_of(self.table, m) & set(actions)}
        )

    def user_has_permission(self, user: Person, action: str) -> bool:
        return is_operator(user) or any(action in actions_of(self.table, m) for m in memberships_of(user))

    def user_has_permission_for_instance(self, user: Person, action: str, instance: OwnRow) -> bool:
        return self.organisations(user, {action}).filter(pk=instance.organisation_id).exists()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return people_with(self.table, set(actions))

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: OwnRow) -> QuerySet[User]:
        return people_with(self.table, set(actions), [instance.organisation])

    def instances_user_has_any_permission_for(self, user: Person, actions: Iterable[str]) -> QuerySet[Any]:
        rows = self.model._default_manager.select_related("organisation")
        return rows.filter(organisation__in=self.organisations(user, actions))


class OwnIndexView(generic.IndexView):
    """Lists what the person may see; finds names typed with or without marks when the model folds them."""

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, self.any_permission_required
        )

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By the name as Vietnamese is ordered, where the column of the name was chosen."""
        sorts = {field.of: field.name for field in queryset.model._meta.fields if isinstance(field, NameSortField)}
        chosen = self.ordering if isinstance(self.ordering, str) else ""
        if sort := sorts.get(chosen.removeprefix("-")):
            return queryset.order_by(f"-{sort}" if chosen.startswith("-") else sort)
        return super().order_queryset(queryset)

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.is_searching and hasattr(self.model, "name_folded"):
            return queryset.filter(name_folded__contains=fold(self.search_query))
        return super().search_queryset(queryset)


class KeepingDeleteView(generic.DeleteView):
    """Says that a row is in use, where Wagtail's list of uses does not know it yet."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _("Không xóa được “%(name)s” vì đang được dùng.") % {"name": self.object})
            return HttpResponseRedirect(self.get_success_url())


class ScopedModelViewSet(ModelViewSet):
    """Wagtail's screens for a model, each of them closed to rows of other organisations.

    Wagtail asks its policies whether a person works with such rows at all, and then shows any of them by its number.
    """

    model: type[Model]
    index_view_class = OwnIndexView
    delete_view_class = KeepingDeleteView
    copy_view_enabled = False
    add_to_reference_index = False

    def construct_view(self, view_class: type[View], **kwargs: Any) -> Callable[..., HttpResponseBase]:
        view = super().construct_view(view_class, **kwargs)

        def own_rows_only(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if "pk" in kwargs:
                own = self.permission_policy.instances_user_has_any_permission_for(request.user, ALL_ACTIONS)
                if not own.filter(pk=unquote(str(kwargs["pk"]))).exists():
                    raise Http404
            return view(request, *args, **kwargs)

        return own_rows_only
