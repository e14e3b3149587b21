"""The editor's form of every page."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from organisations.models import Organisation

from .admin.references import OwnReferencesForm
from .slugs import free_slug, vietnamese_slug


class PortalPageForm(OwnReferencesForm, WagtailAdminPageForm):
    """Makes the address from the title when none is typed; refuses a schedule that has passed, and what is not one's own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Để trống thì Cổng đặt theo tiêu đề.")

    def clean_title(self):
        """The field grows with a long headline, and so could take line breaks."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_slug(self):
        slug, title = self.cleaned_data.get("slug"), self.cleaned_data.get("title") or ""
        base = vietnamese_slug(title)
        if "slug" in self.changed_data and self.instance.pk and self._is_home():
            raise ValidationError(_("Đường dẫn ngắn của trang chủ một đơn vị không đổi được."))
        if slug or not base:
            return slug
        return free_slug(self.instance, self.parent_page, base) if self.parent_page else base

    def _is_home(self):
        """Site addresses and codes hang on it."""
        return Organisation.objects.filter(home_page__translation_key=self.instance.translation_key).exists()

    def clean(self):
        cleaned = super().clean()
        if "go_live_at" in self.changed_data and cleaned.get("go_live_at"):
            self._check_schedule(cleaned["go_live_at"])
        return cleaned

    def _check_schedule(self, go_live_at):
        if go_live_at < timezone.now():
            self.add_error("go_live_at", ValidationError(_("Giờ hẹn đăng đã qua. Hãy chọn một giờ sắp tới.")))
