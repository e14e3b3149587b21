"""The editor's forms of an article and of an author."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from home.forms import PortalPageForm
from organisations.forms import OwnRowForm
from organisations.models import User
from organisations.scoping import organisation_of


class NewsPageForm(PortalPageForm):
    """Offers the authors of the own organisation only, and checks that their shares make up the whole."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "bylines" in self.formsets:
            self._offer_own_contributors(self.formsets["bylines"])

    def _offer_own_contributors(self, bylines):
        organisation = organisation_of(self.parent_page or self.instance)
        # The formset makes forms late, one more for each row an editor adds: so its class is what must know.
        bylines.form = offering_own(organisation, bylines.form)

    def clean(self):
        cleaned = super().clean()
        if "bylines" in self.formsets:
            self._check_shares(self.formsets["bylines"])
        return cleaned

    def _check_shares(self, bylines):
        if not bylines.is_valid():
            return
        rows = [form.cleaned_data for form in bylines.forms if form.cleaned_data and form not in bylines.deleted_forms]
        total = sum(row.get("share") or 0 for row in rows)
        if rows and total != 100:
            message = _("Phần đóng góp của các tác giả cộng lại là %(total)s%%, phải bằng 100%%.") % {"total": total}
            self.add_error(None, ValidationError(message))


def offering_own(organisation, form_class):
    """`form_class` whose contributor can only be one of `organisation`."""

    class OwnBylineForm(form_class):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            contributors = self.fields["contributor"]
            contributors.queryset = contributors.queryset.filter(organisation=organisation)

    return OwnBylineForm


class ContributorForm(OwnRowForm):
    """An author's account, where there is one, is of somebody who works at the same organisation."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        organisations = [self.instance.organisation] if self.instance.pk else self.fields["organisation"].queryset
        people = User.objects.filter(memberships__organisation__in=organisations, is_superuser=False)
        self.fields["user"].queryset = people.distinct().order_by("name_sort")

    def clean(self):
        cleaned = super().clean()
        user, organisation = cleaned.get("user"), cleaned.get("organisation")
        if user and organisation and not user.memberships.filter(organisation=organisation).exists():
            self.add_error("user", _("Tài khoản này không thuộc đơn vị đã chọn."))
        return cleaned
