"""Forms of the people screens and of the own account."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permissions import policy_registry

from .models import Membership, Organisation, Role, User
from .people import grantable_roles, managed_organisations

# Django's forms take nothing in brackets when the program runs.
if TYPE_CHECKING:
    from .viewsets import OrganisationPolicy

    UserForm = forms.ModelForm[User]
else:
    UserForm = forms.ModelForm


class InviteForm(forms.Form):
    """Whom to invite, as what, and where the inviter manages more than one organisation."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    email = forms.EmailField(
        label=_("Thư điện tử"),
        max_length=150,
        error_messages={"invalid": _("Địa chỉ thư chưa đúng. Ví dụ: ten@quangngai.gov.vn.")},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Đơn vị"),
        error_messages={"invalid_choice": _("Anh/Chị không quản lý đơn vị này.")},
    )
    role = forms.ChoiceField(label=_("Vai trò"), choices=Role.choices)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        organisations = managed_organisations(user).open()
        field = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        field.queryset = organisations
        only = list(organisations[:2])
        if len(only) == 1:
            field.initial = only[0]
            field.widget = forms.HiddenInput()
            role = cast(forms.ChoiceField, self.fields["role"])
            role.choices = [(r.value, r.label) for r in grantable_roles(user, only[0])]

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        organisation, role = cleaned.get("organisation"), cleaned.get("role")
        if not (organisation and role):
            return cleaned
        if cleaned.get("email", "").lower() == self.user.email.lower():
            self.add_error("email", _("Anh/Chị không thể tự mời mình."))
        if Role(role) not in grantable_roles(self.user, organisation):
            self.add_error("role", _("Anh/Chị không trao được vai trò này ở đơn vị này."))
        existing = Membership.objects.filter(
            user__email__iexact=cleaned.get("email", ""), organisation=organisation, role=role
        ).first()
        if existing:
            sentence = _("Người có thư điện tử này đã giữ vai trò này ở đơn vị: %(status)s.")
            self.add_error("email", sentence % {"status": existing.status})
        return cleaned


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(
        label=_("Vai trò"), error_messages={"invalid_choice": _("Anh/Chị không trao được vai trò này.")}
    )

    def __init__(self, *args: Any, user: User, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        roles = grantable_roles(user, membership.organisation)
        field = cast(forms.ChoiceField, self.fields["role"])
        field.choices = [(r.value, r.label) for r in roles]
        field.initial = membership.role

    def clean_role(self) -> str:
        role, membership = self.cleaned_data["role"], self.membership
        held = Membership.objects.filter(user=membership.user_id, organisation=membership.organisation_id, role=role)
        if held.exclude(pk=membership.pk).exists():
            raise forms.ValidationError(_("Người này đã giữ vai trò đó ở đơn vị."))
        return role


class NameForm(UserForm):
    """The own name in one field, as Vietnamese names are written."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)

    class Meta:
        model = User
        fields = ["full_name", "phone"]


class OwnRowForm(WagtailAdminModelForm):
    """Offers the organisations where the person may add; a row never changes hands."""

    # The admin's screens always say who asks.
    for_user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        if self.instance.pk:
            field.disabled = True
            return
        policy = cast("OrganisationPolicy", policy_registry.get_by_type(type(self.instance)))
        organisations = policy.organisations(self.for_user, {"add"})
        field.queryset = organisations
        if organisations.count() == 1:
            field.initial, field.empty_label = organisations.first(), None
