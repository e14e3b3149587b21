"""The form of an image, in the single and multiple upload and in the chooser (WAGTAILIMAGES_IMAGE_FORM_BASE)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PortalImageField(WagtailImageField):
    """Wagtail's, which fails on a picture that breaks off after its head."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.error_messages["file_too_many_pixels"] = _(
            "Ảnh có quá nhiều điểm ảnh. Hãy thu nhỏ còn không quá %(limit)s triệu điểm ảnh."
        ) % {"limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000}

    def check_image_pixel_size(self, f):
        try:
            super().check_image_pixel_size(f)
        except (OSError, SyntaxError) as error:
            raise ValidationError(
                _("Ảnh bị hỏng hoặc chưa tải đủ. Hãy mở thử trên máy rồi chọn lại tệp gốc.")
            ) from error


class PortalImageForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        stock = self.fields.get("file")
        if stock:
            self.fields["file"] = PortalImageField(label=stock.label, required=stock.required, widget=stock.widget)
