"""Putting a published page on the front pages of sites below, and taking it off again."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.models import Page

from organisations.admin_screen import AdminScreen
from organisations.models import Organisation
from organisations.scoping import organisation_of

from ..days import WITHIN
from ..hierarchy import below
from ..models import SharedPage
from ..sharing import may_share

COMPONENTS = [kind for kind in Organisation.Kind.choices if kind[0] != Organisation.Kind.PROVINCE]


class ShareForm(forms.Form):
    """Which sites show the page, and until when. Nothing chosen takes it off all of them."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Mọi trang của loại"),
        choices=COMPONENTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Từng trang"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(
        label=gettext_lazy("Đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Để trống: cho đến khi gỡ."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Ngày không đúng.")},
        validators=WITHIN,
    )

    def __init__(self, *args, owner, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = below(owner)
        present = set(below(owner).order_by().values_list("kind", flat=True))
        self.fields["kinds"].choices = [kind for kind in COMPONENTS if kind[0] in present]

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(_("Ngày này đã qua."))
        return until


class ShareView(AdminScreen, FormView):
    """One page; the form shows where it is now."""

    template_name = "home/admin/share.html"
    page_title = gettext_lazy("Đưa lên các trang")
    form_class = ShareForm
    header_icon = "site"

    @cached_property
    def page_object(self):
        return get_object_or_404(Page.objects.specific(), pk=self.kwargs["page_id"])

    @cached_property
    def owner(self):
        return organisation_of(self.page_object)

    def may(self, user):
        if self.owner is None:
            raise Http404
        return may_share(user, self.page_object)

    @cached_property
    def shared(self):
        return SharedPage.objects.filter(page=self.page_object.pk).first()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"owner": self.owner}

    def get_initial(self):
        if self.shared is None:
            return {}
        chosen = list(self.shared.organisations.values_list("pk", flat=True))
        return {"kinds": self.shared.kinds, "organisations": chosen, "until": self.shared.until}

    @transaction.atomic
    def form_valid(self, form):
        data = form.cleaned_data
        if not data["kinds"] and not data["organisations"]:
            SharedPage.objects.filter(page=self.page_object.pk).delete()
            messages.success(self.request, _("“%(title)s” không còn trên các trang khác.") % self.named)
            return redirect("wagtailadmin_pages:edit", self.page_object.pk)
        shared, _made = SharedPage.objects.update_or_create(
            page=self.page_object.page_ptr,
            defaults={"owner": self.owner, "kinds": data["kinds"], "until": data["until"], "by": self.request.user},
        )
        shared.organisations.set(data["organisations"])
        messages.success(self.request, _("“%(title)s” hiện trên trang chủ của các trang đã chọn.") % self.named)
        return redirect("wagtailadmin_pages:edit", self.page_object.pk)

    @property
    def named(self):
        return {"title": self.page_object.title}

    def get_context_data(self, **kwargs):
        return super().get_context_data(page_object=self.page_object, shared=self.shared, **kwargs)
