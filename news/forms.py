"""The editor's form of an article."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from commune_sites.scoping import organisation_of


class NewsPageForm(WagtailAdminPageForm):
    """Offers the authors of the own organisation only, and checks what stands between fields."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "bylines" in self.formsets:
            self._offer_own_contributors(self.formsets["bylines"])

    def _offer_own_contributors(self, bylines):
        from .models import Contributor

        own = Contributor.objects.filter(organisation=organisation_of(self.parent_page or self.instance))
        for form in [*bylines.forms, bylines.empty_form]:
            form.fields["contributor"].queryset = own

    def clean(self):
        cleaned = super().clean()
        if "go_live_at" in self.changed_data and cleaned.get("go_live_at"):
            self._check_schedule(cleaned["go_live_at"])
        if "bylines" in self.formsets:
            self._check_shares(self.formsets["bylines"])
        return cleaned

    def _check_schedule(self, go_live_at):
        if go_live_at < timezone.now():
            self.add_error("go_live_at", ValidationError(_("Giờ hẹn đăng đã qua. Hãy chọn một giờ sắp tới.")))

    def _check_shares(self, bylines):
        if not bylines.is_valid():
            return
        rows = [form.cleaned_data for form in bylines.forms if form.cleaned_data and form not in bylines.deleted_forms]
        total = sum(row.get("share") or 0 for row in rows)
        if rows and total != 100:
            self.add_error(
                None,
                ValidationError(
                    _("Phần đóng góp của các tác giả cộng lại là %(total)s%%, phải bằng 100%%.") % {"total": total}
                ),
            )
