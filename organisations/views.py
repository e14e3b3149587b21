"""People of an organisation: list, invitation, role, suspension; the letter's link; the own account."""

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, ListView
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    LogoutView,
    NameEmailSettingsPanel,
    PasswordResetView,
)

from . import people
from .addresses import client_address
from .admin_screen import AdminScreen
from .conflicts import SaysRaces
from .folding import fold
from .forms import InviteForm, NameForm, RoleForm
from .signing_in import sessions, setting_up
from .signing_in.again import AsksPassword
from .signing_in.own import SessionsPanel

PER_PAGE = 30


class PeopleScreen(AdminScreen):
    """A screen on the way from the list of people, closed to who manages nobody."""

    header_icon = "group"
    above = [("people:list", gettext_lazy("Người dùng"))]

    @cached_property
    def organisations(self):
        return people.managed_organisations(self.request.user)

    def may(self, user):
        return self.organisations.exists()


class PeopleView(PeopleScreen, ListView):
    """Who works where, sorted by given name."""

    template_name = "organisations/people.html"
    page_title = gettext_lazy("Người dùng")
    above = []
    paginate_by = PER_PAGE
    page_kwarg = "p"
    context_object_name = "memberships"

    def get_queryset(self):
        memberships = people.managed_memberships(self.request.user).select_related("user", "organisation")
        if query := fold(self.request.GET.get("q", "").strip()):
            memberships = memberships.filter(user__name_folded__contains=query)
        if code := self.request.GET.get("don-vi", ""):
            memberships = memberships.filter(organisation__code=code)
        return memberships.order_by("user__name_sort", "user_id", "organisation__order", "role")

    def get_context_data(self, **kwargs):
        chosen = {"q": self.request.GET.get("q", ""), "code": self.request.GET.get("don-vi", "")}
        return super().get_context_data(organisations=self.organisations, chosen=chosen, **kwargs)


class InviteView(PeopleScreen, AsksPassword, SaysRaces, FormView):
    """Invite a person by mail."""

    template_name = "organisations/invite.html"
    page_title = gettext_lazy("Mời người dùng")
    form_class = InviteForm
    success_url = reverse_lazy("people:list")

    def is_dangerous(self, request):
        return request.method == "POST" and request.POST.get("role") in people.BY_OPERATORS

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def carry_out(self, form):
        data = form.cleaned_data
        membership = people.invite(
            data["organisation"], data["role"], data["email"], data["full_name"], by=self.request.user
        )
        tell_whether_sent(self.request, membership, people.send_invitation(membership))
        return super().carry_out(form)


def tell_whether_sent(request, membership, sent):
    values = {"email": membership.user.email}
    if sent:
        messages.success(request, _("Đã gửi thư mời đến %(email)s.") % values)
    else:
        messages.warning(
            request,
            _("Đã lưu lời mời nhưng máy chủ thư không nhận thư gửi %(email)s. Hãy bấm “Gửi lại thư mời” sau.") % values,
        )


class MemberView(PeopleScreen, AsksPassword, SaysRaces, FormView):
    """One membership: its role, what happened to it, suspension and restoration."""

    template_name = "organisations/member.html"
    page_title = gettext_lazy("Thành viên")
    form_class = RoleForm

    @cached_property
    def membership(self):
        visible = people.managed_memberships(self.request.user).select_related("user", "organisation")
        return get_object_or_404(visible, pk=self.kwargs["membership_id"])

    def is_dangerous(self, request):
        """Whatever is done about those who decide for the province or run the portal, or makes somebody one of them.

        And what makes it easier to get into an account.
        """
        if request.POST.get("action") == "reset-factor":
            return True
        roles = {self.membership.role, request.POST.get("role")}
        return request.method == "POST" and not roles.isdisjoint(people.BY_OPERATORS)

    def post(self, request, *args, **kwargs):
        actions = {
            "suspend": self.suspend,
            "restore": self.restore,
            "resend": self.resend,
            "reset-factor": self.reset_factor,
        }
        action = actions.get(request.POST.get("action"))
        if action is None:
            return super().post(request, *args, **kwargs)
        try:
            action()
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect(self.get_success_url())

    def suspend(self):
        people.set_active(self.membership, False, self.request.user)
        if people.is_last_manager(self.membership):
            messages.warning(self.request, _("Đơn vị không còn ai giữ vai trò Quản trị trang."))
        messages.success(self.request, _("Đã tạm dừng."))

    def restore(self):
        people.set_active(self.membership, True, self.request.user)
        messages.success(self.request, _("Đã khôi phục."))

    def reset_factor(self):
        setting_up.reset(self.membership.user, self.request)

    def resend(self):
        sent = people.invite_again(self.membership, self.request.user)
        if sent is not None:
            tell_whether_sent(self.request, self.membership, sent)

    def carry_out(self, form):
        if form.cleaned_data["role"] != self.membership.role:
            people.change_role(self.membership, form.cleaned_data["role"], self.request.user)
            messages.success(self.request, _("Đã đổi vai trò."))
        return super().carry_out(form)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "membership": self.membership}

    def get_success_url(self):
        return reverse("people:member", args=[self.membership.pk])

    def get_context_data(self, **kwargs):
        events = self.membership.events.select_related("by")[:50]
        user = self.request.user
        may = {
            "may_change": people.may_change(user, self.membership),
            "may_suspend": people.may_suspend(user, self.membership),
            "may_reset_factor": setting_up.may_reset(user, self.membership.user),
        }
        return super().get_context_data(membership=self.membership, events=events, **may, **kwargs)


@never_cache
def accept_invitation(request, token):
    """Where the letter's link leads: choose a password, or just say yes with an account that exists."""
    membership = people.invited_by(token)
    if membership is None:
        return _answer(request, request.method == "POST" and people.was_accepted(token))
    is_new = not membership.user.has_usable_password()
    form = SetPasswordForm(membership.user, request.POST or None) if is_new else None
    if request.method == "POST" and (form is None or form.is_valid()):
        accepted = people.accept(token, choose_password=form.save if form else None)
        return _answer(request, accepted or people.was_accepted(token))
    return render(request, "organisations/accept.html", {"membership": membership, "form": form})


def _answer(request, accepted):
    """On to signing in; a letter that is of no use (any more) says so."""
    if not accepted:
        return render(request, "organisations/accept.html", {"invalid": True}, status=410)
    messages.success(request, _("Cảm ơn Anh/Chị đã nhận lời. Hãy đăng nhập để bắt đầu."))
    return HttpResponseRedirect(reverse("wagtailadmin_login"))


def sign_out(request):
    """Signing out changes something, so it is a POST; an address that is merely opened leaves the person signed in."""
    if request.method != "POST":
        return redirect("wagtailadmin_home")
    return LogoutView.as_view()(request)


class NamePanel(BaseSettingsPanel):
    """Replaces first and last name, which Vietnamese names do not have."""

    name = "name_email"
    order = 100
    title = gettext_lazy("Họ tên")
    form_class = NameForm


class OwnAccountView(AccountView):
    template_name = "organisations/signing_in/account.html"

    def get_panels(self):
        profile_panel = next(panel for panel in super().get_panels() if isinstance(panel, NameEmailSettingsPanel))
        asked = (profile_panel.request, profile_panel.user, profile_panel.profile)
        others = [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]
        return [NamePanel(*asked), *others, setting_up.FactorPanel(*asked), SessionsPanel(*asked)]

    def post(self, request):
        """A new password ends all sessions; who has just typed it goes on in this browser."""
        response = super().post(request)
        if response.status_code == 302 and sessions.of_request(request) is None:
            sessions.begin(request, request.user)
        return response


class ResetPasswordView(PasswordResetView):
    """Wagtail's; the form counts by the address that asks."""

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.address = client_address(self.request)
        return form
