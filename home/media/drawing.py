"""Draws one picture anew, and copies of it; run as a process of its own: `python drawing.py ORDER`, a JSON file.

The order: {"source": path, "most_pixels": n, "anew": path or "", "copies": [{"box", "size", "format", "path"}]}.
Writes JSON: {"problem": "", "large" or "broken", "made": [paths of the copies that could be made]}. Knows nothing of the portal.
A picture drawn anew holds its pixels, turned upright, and its colour profile: no place, no name, nothing behind its end.
Its size is looked at before a single pixel is unpacked.
"""

import contextlib
import io
import json
import resource
import sys

from PIL import Image, ImageCms, ImageOps, ImageSequence, JpegImagePlugin

CPU_SECONDS = 60
MEMORY = 2 * 1024 * 1024 * 1024
LARGEST_OUTPUT = 100 * 1024 * 1024
# WebP knows no longer side, and no copy of one that is a thread can be made.
LONGEST_SIDE = 16_000
PLAIN = {"L", "RGB", "RGBA"}
# Modes that a format keeps as they are.
KEPT = {
    "PNG": {"1", "L", "LA", "P", "RGB", "RGBA"},
    "GIF": {"1", "L", "P"},
    "JPEG": {"L", "RGB"},
    "WEBP": {"RGB", "RGBA"},
}
# As Wagtail saves them.
QUALITY = {"WEBP": {"quality": 80}, "JPEG": {"quality": 76, "progressive": True, "optimize": True}}


def follow(order):
    """Carry out `order`; gives what is written."""
    made = []
    try:
        with Image.open(order["source"]) as picture:
            if is_too_large(picture, order["most_pixels"]):
                return {"problem": "large", "made": []}
            if order["anew"]:
                draw_anew(picture, order["anew"])
            if order["copies"]:
                made = make_copies(picture, order["copies"])
    except (MemoryError, Image.DecompressionBombError):
        return {"problem": "large", "made": made}
    except Exception:  # the libraries below Pillow raise whatever they like at a broken picture
        return {"problem": "broken", "made": made}
    return {"problem": "", "made": made}


def is_too_large(picture, most_pixels):
    return max(picture.size) > LONGEST_SIDE or picture.width * picture.height * frames_of(picture) > most_pixels


def frames_of(picture):
    """Of a moving picture; what a telephone puts behind a JPEG is none of it."""
    return getattr(picture, "n_frames", 1) if picture.format in {"GIF", "PNG", "WEBP"} else 1


def turned(picture):
    """Upright; a picture whose notes cannot be read stays as it lies."""
    picture.load()
    with contextlib.suppress(Exception):
        ImageOps.exif_transpose(picture, in_place=True)
    return picture


def plain(picture, modes=PLAIN):
    """In one of `modes`, or else in one that every format can hold."""
    if picture.mode in modes and ("transparency" not in picture.info or modes is not PLAIN):
        return picture
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I")
    if picture.mode == "I":
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "CMYK":
        return in_screen_colours(picture)
    if "transparency" in picture.info or picture.mode in {"PA", "LA", "La", "RGBa", "RGBA"}:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in {"1", "L", "F"} else "RGB")


def in_screen_colours(picture):
    """Printers' inks as screens show them, by the profile of the picture where it is a good one."""
    try:
        inks = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
        return ImageCms.profileToProfile(picture, inks, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except Exception:
        return picture.convert("RGB")


def profile_of(picture, mode):
    """{"icc_profile": bytes} where the picture has one for `mode`; a wrong one is refused by browsers, or paints all grey."""
    data = picture.info.get("icc_profile")
    try:
        space = ImageCms.ImageCmsProfile(io.BytesIO(data)).profile.xcolor_space.strip()
    except Exception:
        return {}
    return {"icc_profile": data} if space == ("GRAY" if mode in {"1", "L", "LA"} else "RGB") else {}


def bare(picture):
    """`picture` itself without what was written about its pixels; a copy of a large one would cost as much again."""
    picture.info = {key: picture.info[key] for key in ("transparency",) if key in picture.info}
    return picture


def draw_anew(picture, path):
    """The picture alone in its own format, a moving one with all its frames."""
    kind = "JPEG" if picture.format == "MPO" else picture.format
    if frames_of(picture) > 1:
        return draw_frames(picture, path, kind)
    tables, mode = tables_of(picture), picture.mode
    upright = turned(picture)
    drawn = plain(upright, KEPT[kind])
    if kind == "JPEG":
        drawn = on_white(drawn)
    profile, options = profile_of(upright, drawn.mode), tables if drawn.mode == mode else {"quality": 92}
    bare(drawn).save(path, kind, **profile, **options)


def draw_frames(picture, path, kind):
    lengths, frames = [], []
    for frame in ImageSequence.Iterator(picture):
        lengths.append(frame.info.get("duration", 100))
        frames.append(bare(plain(frame.copy())))
    loop = picture.info.get("loop", 1 if kind == "GIF" else 0)
    frames[0].save(path, kind, save_all=True, append_images=frames[1:], duration=lengths, loop=loop)


def tables_of(picture):
    """How to save a JPEG so that nothing more is lost than was lost before; WebP nearly so."""
    if picture.format not in {"JPEG", "MPO"}:
        return {"quality": 90} if picture.format == "WEBP" else {}
    sampling = JpegImagePlugin.get_sampling(picture)
    return {"qtables": picture.quantization, "optimize": True} | ({"subsampling": sampling} if sampling >= 0 else {})


def on_white(picture):
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, (255, 255, 255))
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def make_copies(picture, copies):
    """The paths of those of `copies` that could be made."""
    upright, made = turned(picture), []
    drawn = plain(upright)
    profile = profile_of(upright, drawn.mode) if drawn.mode != "L" else {}
    for copy in copies:
        try:
            make_copy(drawn, copy, profile)
        except Exception:
            continue
        made.append(copy["path"])
    return made


def make_copy(picture, copy, profile):
    size = tuple(max(1, side) for side in copy["size"])
    drawn = picture.resize(size, Image.Resampling.LANCZOS, box=copy["box"], reducing_gap=3.0)
    if copy["format"] == "JPEG":
        drawn = on_white(drawn)
    bare(drawn).save(copy["path"], copy["format"], **profile, **QUALITY.get(copy["format"], {}))


def main(path):
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_OUTPUT, LARGEST_OUTPUT))
    with open(path, encoding="utf-8") as file:
        order = json.load(file)
    Image.MAX_IMAGE_PIXELS = order["most_pixels"] // 2  # Pillow refuses at twice this
    sys.stdout.write(json.dumps(follow(order)))


if __name__ == "__main__":
    main(sys.argv[1])
