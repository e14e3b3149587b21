"""The form of an image, in the single and multiple upload and in the chooser (WAGTAILIMAGES_IMAGE_FORM_BASE)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from . import copies
from .file_form import FileLockMixin, KeptFileMixin

# A picture longer than this many times its height, or higher, is a thread of which no copy can be shown.
MOST_TIMES_LONGER = 100


class PortalImageField(KeptFileMixin, WagtailImageField):
    """Gives the picture drawn anew, without anything but the picture, or refuses what cannot be drawn."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.error_messages["file_too_many_pixels"] = _(
            "Ảnh có quá nhiều điểm ảnh. Hãy thu nhỏ còn không quá %(limit)s triệu điểm ảnh."
        ) % {"limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000}

    def check_image_pixel_size(self, f):
        """From the head of the picture; its frames, should it move, are counted where it is drawn."""
        try:
            width, height = f.image.get_size()
        except (OSError, SyntaxError, ValueError) as error:
            raise ValidationError(
                _("Ảnh bị hỏng hoặc chưa tải đủ. Hãy mở thử trên máy rồi chọn lại tệp gốc.")
            ) from error
        except Exception as error:  # Pillow's refusal of a bomb, whichever class it is of
            raise ValidationError(self.error_messages["file_too_many_pixels"]) from error
        if width * height > self.max_image_pixels:
            raise ValidationError(self.error_messages["file_too_many_pixels"])
        if max(width, height) > MOST_TIMES_LONGER * min(width, height):
            raise ValidationError(_("Ảnh quá dài và hẹp, không hiển thị được trên trang. Hãy cắt lại ảnh."))

    def to_python(self, data):
        file = super().to_python(data)
        if file is None:
            return None
        file.seek(0)
        try:
            return copies.drawn_anew(file.read(), file.name)
        except copies.DrawingError as error:
            raise ValidationError(copies.PROBLEMS[error.code]) from error


class PortalImageForm(FileLockMixin, BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.exchange_file_field(PortalImageField)

    def save(self, commit=True):
        if "file" in self.changed_data:
            self.instance.is_bare = True
        return super().save(commit)
