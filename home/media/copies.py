"""The resized copies of pictures: which there are, made in a process of their own when a picture comes in.

A picture of which no copy can be made costs itself: whoever asks for one is given a copy that shows nothing.
"""

import json
import logging
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.models import Filter

from . import child, drawing

logger = logging.getLogger(__name__)

# As the templates and feeds of all rooms ask for them; a test reads the templates.
COPIES = (
    *(f"width-{width}|format-webp" for width in (400, 800, 1200)),
    *(
        f"fill-{size}|format-webp"
        for size in ("320x200", "320x240", "640x360", "640x400", "640x480", "1280x720", "1280x800")
    ),
    "max-112x112|format-webp",
    "max-1600x1600|format-webp",
    "fill-1200x630|format-jpeg",
)
# Wagtail's own lists and forms.
ADMIN_COPIES = ("max-165x165", "max-800x600", "fill-600x338")
SECONDS = 90
# How long a picture of which no copy could be made is not tried again.
PAUSE = 3600
FORMATS = {"png": "PNG", "jpeg": "JPEG", "gif": "GIF", "webp": "WEBP"}
ENDINGS = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp"}
PROBLEMS = {
    "large": _("Ảnh quá lớn nên không xử lý được. Hãy thu nhỏ ảnh, mỗi cạnh không quá 16.000 điểm, rồi tải lên lại."),
    "broken": _("Không xử lý được ảnh này. Hãy mở ảnh trên máy, lưu lại thành tệp JPG hoặc PNG rồi tải lên."),
}


class DrawingError(Exception):
    """`code` of a picture that cannot be drawn, a key of PROBLEMS."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def drawn_anew(content, name):
    """The picture `content` (bytes) as a file `name` without anything but the picture; DrawingError if it cannot be."""
    with tempfile.TemporaryDirectory() as folder:
        source, anew = Path(folder) / "source", Path(folder) / "anew"
        source.write_bytes(content)
        _order(folder, source, anew=str(anew))
        return ContentFile(anew.read_bytes(), name=name)


def made_of(image, filters):
    """{filter: content of the copy} for those of `filters` of which a copy of the stored `image` can be made."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        with image.open_file() as file:
            source.write_bytes(file.read())
        size, own_format = upright_size(source)
        orders = {
            filter: copy
            for row, filter in enumerate(filters)
            if (copy := _copy(image, filter, size, own_format, f"{folder}/{row}"))
        }
        made = set(_order(folder, source, copies=list(orders.values()))["made"])
        return {
            filter: ContentFile(Path(copy["path"]).read_bytes(), name=_name(image, filter, copy["format"]))
            for filter, copy in orders.items()
            if copy["path"] in made
        }


def _order(folder, source, anew="", copies=()):
    order = {"source": str(source), "most_pixels": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS}
    written = Path(folder) / "order.json"
    written.write_text(json.dumps(order | {"anew": anew, "copies": list(copies)}))
    result = child.run(drawing, written, seconds=SECONDS) or {"problem": "broken", "made": []}
    if result["problem"] and not result["made"]:
        raise DrawingError(result["problem"])
    return result


def _copy(image, filter, size, own_format, path):
    """What `filter` means for the picture: which part, in which size and format; None of a picture thin as a thread."""
    try:
        transform = filter.get_transform(image, size)
    except ValueError:
        return None
    formats = [operation.format for operation in filter.filter_operations if hasattr(operation, "format")]
    return {
        "box": list(transform.get_rect().round()),
        "size": list(transform.size),
        "format": FORMATS[formats[-1]] if formats else own_format,
        "path": path,
    }


def upright_size(source):
    """((width, height), format) of a picture as it is shown, read from its head alone."""
    with Image.open(source) as picture:
        own_format = picture.format if picture.format in ENDINGS else "JPEG"
        try:
            lies = picture.getexif().get(0x0112, 1) in {5, 6, 7, 8}
        except Exception:  # Pillow lets through what the notes of a broken picture raise
            lies = False
        return (picture.height, picture.width) if lies else picture.size, own_format


def _name(image, filter, kind):
    """As Wagtail names copies: original, focal point, what was asked for."""
    key = filter.get_cache_key(image)
    ending = f"{key}.{filter.spec}".lstrip(".").replace("|", ".") + ENDINGS[kind]
    return f"{Path(image.file.name).stem[: 59 - len(ending)]}.{ending}"


def is_given_up(image):
    """Whether no copy of this very content could be made a short while ago."""
    return bool(cache.get(_key(image)))


def give_up(image, error):
    """Says so once, and lets the picture rest."""
    if cache.add(_key(image), True, PAUSE):
        logger.warning("No copy of image %s can be made: %s", image.pk, error)


def _key(image):
    return f"no-copy-{image.pk}-{image.file_hash}"


def missing_copies(image, specs=(*COPIES, *ADMIN_COPIES)):
    """The filters of those of `specs` of which the image has no copy yet, at its present focal point."""
    filters = [Filter(spec=spec) for spec in specs]
    have = set(image.renditions.values_list("filter_spec", "focal_point_key"))
    return [filter for filter in filters if (filter.spec, filter.get_cache_key(image)) not in have]
