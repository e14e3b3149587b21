"""Forms of the people screens and of the own account."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permissions import policy_registry

from .models import Membership, Organisation, Role, User
from .people import grantable_roles, managed_organisations


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

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        organisations = managed_organisations(user).open()
        self.fields["organisation"].queryset = organisations
        only = list(organisations[:2])
        if len(only) == 1:
            self.fields["organisation"].initial = only[0]
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["role"].choices = [(r.value, r.label) for r in grantable_roles(user, only[0])]

    def clean(self):
        cleaned = super().clean()
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

    def __init__(self, *args, user, membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.membership = membership
        roles = grantable_roles(user, membership.organisation)
        self.fields["role"].choices = [(r.value, r.label) for r in roles]
        self.fields["role"].initial = membership.role

    def clean_role(self):
        role, membership = self.cleaned_data["role"], self.membership
        held = Membership.objects.filter(user=membership.user_id, organisation=membership.organisation_id, role=role)
        if held.exclude(pk=membership.pk).exists():
            raise forms.ValidationError(_("Người này đã giữ vai trò đó ở đơn vị."))
        return role


class NameForm(forms.ModelForm):
    """The own name in one field, as Vietnamese names are written."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)

    class Meta:
        model = User
        fields = ["full_name", "phone"]


class OwnRowForm(WagtailAdminModelForm):
    """Offers the organisations where the person may add; a row never changes hands."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        if self.instance.pk:
            field.disabled = True
            return
        field.queryset = policy_registry.get_by_type(type(self.instance)).organisations(self.for_user, {"add"})
        if field.queryset.count() == 1:
            field.initial, field.empty_label = field.queryset.first(), None
