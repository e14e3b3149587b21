"""Pictures and files of every kind that people and programs make, small."""

import io
import struct
import zlib
from pathlib import Path

from django.core.files.base import ContentFile
from PIL import Image, PngImagePlugin

from home.media.models import PortalFile, PortalImage

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
HOST = {"host": "soxaydung.localhost"}
ADMIN = {"host": "localhost"}


def picture(kind="JPEG", mode="RGB", size=(120, 80), **options):
    """A picture with a bright left half, so that turning shows."""
    image = Image.new("RGB", size, "navy")
    image.paste("white", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def with_notes(orientation=6):
    """A JPEG that says where and by whom it was taken, and which side is up."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, "Nguyen Van Anh"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif.tobytes(), comment=b"chu thich kin")


def with_broken_notes():
    """A JPEG whose EXIF begins well and is rubbish."""
    whole = picture()
    notes = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08" + b"\xff" * 40
    return whole[:2] + b"\xff\xe1" + struct.pack(">H", len(notes) + 2) + notes + whole[2:]


def grey16(width=60, height=40):
    """A PNG of 16-bit grey, as scanners make them."""
    return png(width, height, 16, 0, (b"\x00" + struct.pack(">H", 40_000) * width) * height)


def png(width, height, depth, colour, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def with_words_inside():
    """A PNG that names its maker."""
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("XML:com.adobe.xmp", "<x>Nguyen Van Anh</x>")
    notes.add_text("Author", "Nguyen Van Anh")
    return picture("PNG", pnginfo=notes)


def moving(kind="GIF", frames=3):
    images = [Image.new("RGB", (40, 30), (number * 60, 0, 0)) for number in range(frames)]
    images[0].save(out := io.BytesIO(), kind, save_all=True, append_images=images[1:], duration=80)
    return out.getvalue()


def palette_with_holes():
    image = Image.new("RGBA", (60, 40), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (0, 0, 30, 40))
    image.quantize(4).save(out := io.BytesIO(), "PNG")
    return out.getvalue()


GOOD_PICTURES = {
    "rgb.jpg": picture(),
    "grey.jpg": picture(mode="L"),
    "inks.jpg": picture(mode="CMYK"),
    "wrong-profile.jpg": picture(icc_profile=b"khong phai ho so mau"),
    "broken-notes.jpg": with_broken_notes(),
    "turned.jpg": with_notes(),
    "several.jpg": picture("MPO", save_all=True, append_images=[Image.new("RGB", (20, 20))]),
    "grey16.png": grey16(),
    "bits.png": picture("PNG", mode="1"),
    "grey-alpha.png": picture("PNG", mode="LA"),
    "alpha.png": picture("PNG", mode="RGBA"),
    "palette.png": picture("PNG", mode="P"),
    "palette-holes.png": palette_with_holes(),
    "named.png": with_words_inside(),
    "moving.png": moving("PNG"),
    "still.gif": picture("GIF", mode="P"),
    "moving.gif": moving(),
    "still.webp": picture("WEBP", mode="RGBA"),
    "moving.webp": moving("WEBP"),
    "one-pixel.png": picture("PNG", size=(2, 1)),
    "long.png": picture("PNG", mode="1", size=(4000, 50)),
}


def make_image(organisation, content=None, name="anh.jpg", **fields):
    """An image as it is stored, whatever its content is."""
    file = ContentFile(picture(), name)
    image = PortalImage(**({"title": "Ảnh"} | fields), file=file, collection=organisation.collection)
    image._set_image_file_metadata()
    image.save()
    if content is not None:
        Path(image.file.path).write_bytes(content)
        image = PortalImage.objects.get(pk=image.pk)
        image._set_image_file_metadata()
        PortalImage.objects.filter(pk=image.pk).update(file_hash=image.file_hash, sha256=image.sha256)
    return image


def make_file(organisation, content=PDF, name="phu-luc.pdf", **fields):
    file = PortalFile(
        file=ContentFile(content, name), collection=organisation.collection, **({"title": "Tệp"} | fields)
    )
    file._set_document_file_metadata()
    file.save()
    return file
