"""Blocks of which the body of a page is made, one template each in home/templates/home/blocks or news/templates."""

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

PARAGRAPH_FEATURES = [
    "bold",
    "italic",
    "ol",
    "ul",
    "link",
    "document-link",
    "superscript",
    "subscript",
    "strikethrough",
]

# As home/blocks/gallery.html asks for them.
GALLERY_RENDITIONS = ("fill-320x240|format-webp", "fill-640x480|format-webp", "max-1600x1600|format-webp")


def fetch_renditions(images, *specs):
    """Fetch the resized copies of all `images` in one query, where templates look for them; not those that have them."""
    model = get_image_model()
    images = [image for image in images if "renditions" not in getattr(image, "_prefetched_objects_cache", {})]
    copies = model.get_rendition_model().objects.filter(filter_spec__in=specs)
    prefetch_related_objects(images, Prefetch("renditions", queryset=copies, to_attr="prefetched_renditions"))


class CaptionedImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Ảnh"))
    alt = blocks.CharBlock(
        label=_("Mô tả ảnh"),
        max_length=255,
        help_text=_("Nói ảnh cho thấy điều gì, cho người không nhìn thấy ảnh."),
    )
    caption = blocks.CharBlock(label=_("Chú thích"), max_length=300, required=False)
    source = blocks.CharBlock(label=_("Nguồn ảnh"), max_length=200, required=False)

    class Meta:
        label = _("Ảnh")
        template = "home/blocks/image.html"
        icon = "image"


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tên bộ ảnh"), max_length=200, required=False)
    items = blocks.ListBlock(CaptionedImageBlock(), label=_("Các ảnh"), min_num=2, max_num=60)

    class Meta:
        label = _("Bộ ảnh")
        template = "home/blocks/gallery.html"
        icon = "image"

    def get_context(self, value, parent_context=None):
        images = [item["image"] for item in value["items"] if item["image"]]
        fetch_renditions(images, *GALLERY_RENDITIONS)
        return super().get_context(value, parent_context)


class VideoBlock(blocks.StructBlock):
    """A video by address or as a file of the portal; one of the two."""

    title = blocks.CharBlock(label=_("Tên video"), max_length=200)
    url = blocks.URLBlock(label=_("Địa chỉ video"), required=False)
    file = DocumentChooserBlock(label=_("Tệp video (MP4)"), required=False)
    poster = ImageChooserBlock(label=_("Ảnh đại diện"), required=False)
    duration = blocks.CharBlock(label=_("Thời lượng"), max_length=10, required=False, help_text=_("Ví dụ: 3:42"))
    transcript = blocks.TextBlock(label=_("Lời thoại"), required=False)

    class Meta:
        label = _("Video")
        template = "home/blocks/video.html"
        icon = "media"

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned["url"]) == bool(cleaned["file"]):
            raise blocks.StructBlockValidationError(
                block_errors={"url": ValidationError(_("Hãy nhập địa chỉ video hoặc chọn tệp video, một trong hai."))}
            )
        return cleaned


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Lời trích"))
    speaker = blocks.CharBlock(label=_("Người nói"), max_length=200, required=False)

    class Meta:
        label = _("Trích dẫn")
        template = "home/blocks/quote.html"
        icon = "openquote"


class CaptionedTableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Tên bảng"), max_length=300, required=False)
    table = TableBlock(label=_("Bảng"), template="home/blocks/table_grid.html")

    class Meta:
        label = _("Bảng")
        template = "home/blocks/table.html"
        icon = "table"


class FilesBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tiêu đề"), max_length=200, required=False)
    items = blocks.ListBlock(DocumentChooserBlock(label=_("Tệp")), label=_("Các tệp"), min_num=1)

    class Meta:
        label = _("Tệp đính kèm")
        template = "home/blocks/files.html"
        icon = "doc-full"


class RelatedBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tiêu đề"), max_length=200, required=False)
    items = blocks.ListBlock(blocks.PageChooserBlock(label=_("Trang")), label=_("Các bài"), min_num=1, max_num=8)

    class Meta:
        label = _("Bài liên quan")
        template = "home/blocks/related.html"
        icon = "link"

    def get_context(self, value, parent_context=None):
        chosen = [page.pk for page in value["items"] if page]
        public = Page.objects.live().public().in_bulk(chosen)
        pages = [public[pk] for pk in chosen if pk in public]
        return super().get_context(value, parent_context) | {"pages": pages}


class BodyBlock(blocks.StreamBlock):
    """All that a body may hold."""

    paragraph = blocks.RichTextBlock(
        label=_("Đoạn văn"), features=PARAGRAPH_FEATURES, template="home/blocks/paragraph.html"
    )
    heading = blocks.CharBlock(
        label=_("Tiêu đề mục"), max_length=200, icon="title", template="home/blocks/heading.html"
    )
    image = CaptionedImageBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    quote = QuoteBlock()
    table = CaptionedTableBlock()
    files = FilesBlock()
    related = RelatedBlock()

    class Meta:
        template = "home/blocks/body.html"
