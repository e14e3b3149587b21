"""Images and files of the portal. Both live in the collection of the organisation that owns them."""

import hashlib

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page
from wagtail.search import index

from organisations.folding import fold

from . import copies
from .uploads import secret_path, validate_file_content


class KnownContent(models.Model):
    """A stored file whose content is known by its SHA-256, beside the SHA-1 by which Wagtail finds doubles."""

    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def _set_file_hash(self):
        super()._set_file_hash()
        with self.open_file() as file:
            self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()

    def known_sha256(self):
        """The SHA-256 of the stored content, reckoned once; empty where the file is lost."""
        if not self.sha256:
            try:
                self._set_file_hash()
            except OSError:
                return ""
            type(self).objects.filter(pk=self.pk).update(sha256=self.sha256, file_hash=self.file_hash)
        return self.sha256


class PortalImage(KnownContent, AbstractImage):
    """An image with its alternative text and its source."""

    alt_text = models.CharField(_("mô tả ảnh cho người khiếm thị"), max_length=255, blank=True)
    credit = models.CharField(_("nguồn, tác giả ảnh"), max_length=200, blank=True)
    # Whether nothing but the picture is left in the file: no place, no camera, no name (home.media.drawing).
    is_bare = models.BooleanField(default=False, editable=False)
    # The SHA-1 of the file as it came, before it was drawn anew: by it an import knows what it brought in already.
    uploaded_hash = models.CharField(max_length=40, blank=True, editable=False, db_index=True)

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

    def __str__(self):
        return self.title

    def get_upload_to(self, filename):
        return secret_path("original_images", filename)

    @property
    def default_alt_text(self):
        return self.alt_text

    def folded_text(self):
        """Title and description without marks, for search as people type it."""
        return fold(f"{self.title} {self.alt_text}")

    def get_renditions(self, *filters):
        """Those copies of which there are any; all of them show nothing where none can be made."""
        found = super().get_renditions(*filters)
        return {spec: copy for spec, copy in found.items() if copy.is_there} or found

    def create_rendition(self, filter):
        return self.create_renditions(filter)[filter]

    def create_renditions(self, *filters):
        """All at once, in a process of their own; a copy that cannot be made is one that shows nothing, never an error."""
        made = {} if not filters or copies.is_given_up(self) else self._made(filters)
        return {
            filter: self._keep_copy(filter, made[filter])
            if filter in made
            else PortalRendition.of_nothing(self, filter)
            for filter in filters
        }

    def _made(self, filters):
        try:
            made = copies.made_of(self, filters)
        except InvalidFilterSpecError:
            raise
        except Exception as error:  # whatever the libraries raise at a broken picture, or the disk at a lost one
            copies.give_up(self, error)
            return {}
        if len(made) < len(filters):
            copies.give_up(self, "some are missing")
        return made

    def _keep_copy(self, filter, content):
        """Stored, unless another process was faster."""
        known = {"filter_spec": filter.spec, "focal_point_key": filter.get_cache_key(self)}
        copy = PortalRendition(image=self, file=content, **known)
        try:
            with transaction.atomic():
                copy.save()
                return copy
        except IntegrityError:
            copy.file.delete(save=False)
            return self.renditions.get(**known)


class PortalRendition(AbstractRendition):
    """A resized copy. Its address keeps the unguessable folder of the original."""

    image = models.ForeignKey(PortalImage, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        indexes = [models.Index(fields=["file"], name="portalrendition_by_file")]

    @classmethod
    def of_nothing(cls, image, filter):
        """Stands where a copy was asked for that cannot be made."""
        return cls(image=image, filter_spec=filter.spec, width=0, height=0)

    @property
    def is_there(self):
        return bool(self.file)

    @property
    def url(self):
        return self.file.url if self.file else ""

    def img_tag(self, extra_attributes=None):
        return super().img_tag(extra_attributes) if self.file else ""

    def get_upload_to(self, filename):
        folder = self.image.file.name.split("/")[-2] if "/" in self.image.file.name else "chung"
        return f"images/{folder}/{filename}"


def file_path(instance, filename):
    """Where an attached file is stored; the folder is never served directly (qnportal.media)."""
    return secret_path("documents", filename)


class PortalFile(KnownContent, AbstractDocument):
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

    def __str__(self):
        return self.title

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
        PASSWORD = "password", _("Tệp có mật khẩu, bạn đọc không mở được. Hãy thay bằng tệp không đặt mật khẩu.")
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
        BLANK = "blank", _("Tệp PDF chỉ có trang trắng. Hãy kiểm tra lại có đúng tệp không.")
        LEGACY = (
            "legacy",
            _("Chữ trong tệp dùng phông cũ (TCVN3, VNI): không tìm được. Hãy xuất lại tệp PDF bằng phông Unicode."),
        )

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


class ShownFile(models.Model):
    """That a page showed a file or a picture with this very content when it was published, since when."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    file = models.ForeignKey(PortalFile, models.CASCADE, null=True, related_name="shown_on")
    image = models.ForeignKey(PortalImage, models.CASCADE, null=True, related_name="shown_on")
    sha256 = models.CharField("SHA-256", max_length=64)
    since = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("tệp đã đăng")
        verbose_name_plural = _("tệp đã đăng")
        constraints = [
            models.UniqueConstraint(fields=["page", "file", "sha256"], name="shownfile_file_once"),
            models.UniqueConstraint(fields=["page", "image", "sha256"], name="shownfile_image_once"),
        ]

    def __str__(self):
        return f"{self.page_id}: {self.sha256[:12]}"
