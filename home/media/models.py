"""Images and files of the portal. Both live in the collection of the organisation that owns them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

from organisations.folding import fold

from .uploads import secret_path, validate_file_content


class PortalImage(AbstractImage):
    """An image with its alternative text and its source."""

    alt_text = models.CharField(_("mô tả ảnh cho người khiếm thị"), max_length=255, blank=True)
    credit = models.CharField(_("nguồn, tác giả ảnh"), max_length=200, blank=True)

    # No tags: Wagtail shows the popular ones of all organisations to everybody. Titles and descriptions are searched.
    admin_form_fields = (*(name for name in Image.admin_form_fields if name != "tags"), "alt_text", "credit")
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("folded_text"),
        index.AutocompleteField("folded_text"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("ảnh")
        verbose_name_plural = _("ảnh")
        # The address of a picture is all that a request for it says (home.media.serving).
        indexes = [models.Index(fields=["file"], name="portalimage_by_file")]

    def get_upload_to(self, filename):
        return secret_path("original_images", filename)

    @property
    def default_alt_text(self):
        return self.alt_text

    def folded_text(self):
        """Title and description without marks, for search as people type it."""
        return fold(f"{self.title} {self.alt_text}")


class PortalRendition(AbstractRendition):
    """A resized copy. Its address keeps the unguessable folder of the original."""

    image = models.ForeignKey(PortalImage, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        indexes = [models.Index(fields=["file"], name="portalrendition_by_file")]

    def get_upload_to(self, filename):
        folder = self.image.file.name.split("/")[-2] if "/" in self.image.file.name else "chung"
        return f"images/{folder}/{filename}"


def file_path(instance, filename):
    """Where an attached file is stored; the folder is never served directly (qnportal.media)."""
    return secret_path("documents", filename)


class PortalFile(AbstractDocument):
    """An attached file. It is private until a live page uses it (home.media.privacy)."""

    file = models.FileField(_("tệp"), upload_to=file_path, validators=[validate_file_content])

    admin_form_fields = ("title", "file", "collection")
    search_fields = [
        *AbstractDocument.search_fields,
        index.SearchField("folded_text"),
        index.AutocompleteField("folded_text"),
    ]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("tệp")
        verbose_name_plural = _("tệp")

    def clean(self):
        """Wagtail judges the name even of a file that the form has refused already, and so of none."""
        if self.file:
            super().clean()

    def folded_text(self):
        """Title without marks, for search as people type it."""
        return fold(self.title)


class FileText(models.Model):
    """The words of an attached file by its pages (home.media.extraction), or why there are none."""

    class Problem(models.TextChoices):
        PASSWORD = "password", _("Tệp PDF có mật khẩu, bạn đọc không mở được. Hãy thay bằng tệp không đặt mật khẩu.")
        SCANNED = (
            "scanned",
            _("Tệp PDF là ảnh quét, không có lớp chữ: không tìm được, trình đọc màn hình không đọc được."),
        )
        OCR = (
            "ocr",
            _("Tệp PDF là ảnh quét: tìm được nhờ máy nhận dạng chữ, có thể sai; trình đọc màn hình không đọc được."),
        )
        SCRIPT = "script", _("Tệp PDF chứa mã lệnh tự chạy. Hãy thay bằng bản không có mã lệnh.")
        LONG = "long", _("Tệp quá dài, chỉ những trang đầu được đưa vào tìm kiếm.")
        EMPTY = "empty", _("Tệp không có chữ nào.")
        BROKEN = "broken", _("Không đọc được chữ trong tệp: tệp hỏng, hoặc đọc quá lâu.")

    file = models.OneToOneField(PortalFile, models.CASCADE, related_name="words", primary_key=True)
    file_hash = models.CharField(max_length=40)
    pages = models.JSONField(default=list)
    page_count = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=10, choices=Problem.choices, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("chữ trong tệp")
        verbose_name_plural = _("chữ trong tệp")

    def __str__(self):
        return str(self.file)
