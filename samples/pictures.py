"""Calm landscapes drawn by code, so that sample articles have pictures nobody owns. The same seed draws the same picture."""

import io
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 800
Point: TypeAlias = tuple[float, float]
# kind: (what the picture shows, the kinds of picture in the texts it serves)
SCENES = {
    "bien": ("biển trong nắng sớm", ["bien"]),
    "dao": ("hòn đảo giữa biển", ["dao"]),
    "tau-thuyen": ("thuyền cá trên biển", ["tau-thuyen"]),
    "dong-lua": ("cánh đồng lúa và dãy núi xa", ["dong-lua"]),
    "nui": ("núi đồi trùng điệp", ["nui"]),
    "rung": ("rừng cây trên sườn đồi", ["rung"]),
    "song": ("dòng sông giữa đồng bằng", ["song"]),
    "cau-duong": ("cây cầu bắc qua sông", ["cau-duong"]),
    "do-thi": ("phố phường nhìn từ xa", ["do-thi"]),
    "cong-so": ("trụ sở cơ quan", ["cong-so", "mot-cua", "y-te"]),
    "cong-trinh": ("công trình đang xây dựng", ["cong-trinh"]),
    "cong-nghiep": ("nhà máy bên bờ biển", ["cong-nghiep"]),
    "truong-hoc": ("trường học bên hàng cây", ["truong-hoc", "tre-em"]),
    "lang-que": ("làng quê bên ruộng lúa", ["lang-que", "cho-que"]),
    "mua-bao": ("biển động dưới mây giông", ["mua-bao"]),
    "hoa-xuan": ("cành mai ngày xuân", ["hoa-xuan"]),
    "le-hoi": ("cờ hội trên bến nước", ["le-hoi"]),
}


@dataclass(frozen=True)
class Palette:
    """The colours of a time of day: pairs run from top to bottom. A storm has no sun."""

    sky: tuple[str, str]
    sun: str | None
    far: str
    near: str
    water: tuple[str, str]


DAY = Palette(
    sky=("#bcdff0", "#f3f6ee"),
    sun="#fff3c4",
    far="#8fb0bd",
    near="#4f7f78",
    water=("#7fb6c8", "#3f8199"),
)
EVENING = Palette(
    sky=("#7f8fb8", "#f6c79a"),
    sun="#ffe2a8",
    far="#8c83a0",
    near="#54607a",
    water=("#d09d86", "#5b6f93"),
)
STORM = Palette(
    sky=("#4d5a68", "#9aa7ad"),
    sun=None,
    far="#5d6b74",
    near="#3d4c54",
    water=("#6f858c", "#37505a"),
)
LIGHTS = {"sang": DAY, "chieu": EVENING}


def kind_of(tag: str) -> str:
    """The scene that serves the kind of picture `tag` a text asks for."""
    return next((kind for kind, (_shows, tags) in SCENES.items() if tag in tags), "lang-que")


def description(kind: str) -> str:
    return f"Hình minh họa: {SCENES[kind][0]}"


def draw(kind: str, light: str = "sang") -> bytes:
    """The picture as JPEG bytes."""
    rng = random.Random(f"{kind}/{light}")
    palette = STORM if kind == "mua-bao" else LIGHTS[light]
    image = _gradient(*palette.sky, WIDTH * 2, HEIGHT * 2)
    pen = ImageDraw.Draw(image)
    if palette.sun:
        x, y = rng.randint(1400, 2000), rng.randint(260, 460)
        _glow(image, x, y, palette.sun)
    PAINTERS[kind](image, pen, palette, rng)
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(one: str, other: str, share: float) -> str:
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _gradient(top: str, bottom: str, width: int, height: int) -> Image.Image:
    strip = Image.new("RGB", (1, height))
    strip.putdata([_rgb(_mix(top, bottom, y / height)) for y in range(height)])
    return strip.resize((width, height))


def _glow(image: Image.Image, x: int, y: int, colour: str) -> None:
    mask = Image.new("L", (300, 200), 0)
    pen = ImageDraw.Draw(mask)
    for radius, strength in ((60, 36), (40, 70), (22, 230)):
        pen.ellipse((x / 8 - radius, y / 8 - radius, x / 8 + radius, y / 8 + radius), fill=strength)
    mask = mask.filter(ImageFilter.GaussianBlur(5)).resize(image.size)
    image.paste(Image.new("RGB", image.size, colour), mask=mask)


def _ridge(
    pen: ImageDraw.ImageDraw, rng: random.Random, base: int, height: int, colour: str, rough: float = 1.0
) -> list[Point]:
    """A range of hills across the picture: three waves of different length."""
    waves = [(rng.uniform(0.5, 1.0) / 420, 0.6), (rng.uniform(0.8, 1.4) / 170, 0.3 * rough), (1 / 61, 0.07 * rough)]
    shift = [rng.uniform(0, 6.3) for _ in waves]
    line: list[Point] = [
        (
            x,
            base
            - height
            * sum(part * (1 + math.sin(x * pace + s)) / 2 for (pace, part), s in zip(waves, shift, strict=True)),
        )
        for x in range(0, WIDTH * 2 + 1, 8)
    ]
    pen.polygon([*line, (WIDTH * 2, HEIGHT * 2), (0, HEIGHT * 2)], fill=colour)
    return line


def _water(image: Image.Image, pen: ImageDraw.ImageDraw, palette: Palette, rng: random.Random, top: int) -> None:
    bottom = HEIGHT * 2
    image.paste(_gradient(*palette.water, WIDTH * 2, bottom - top), (0, top))
    for _ in range(150):
        y = top + int((bottom - top) * rng.random() ** 1.6)
        length = 30 + (y - top) * rng.uniform(0.1, 0.4)
        x = rng.uniform(-100, WIDTH * 2)
        tone = _mix(palette.water[0], "#ffffff", rng.uniform(0.1, 0.4))
        pen.rounded_rectangle((x, y, x + length, y + 2 + (y - top) / 160), 3, fill=tone)


def _boat(pen: ImageDraw.ImageDraw, x: float, y: float, size: float, colours: tuple[str, str]) -> None:
    hull, cabin = colours
    pen.polygon(
        [
            (x - size, y),
            (x + size * 1.25, y - size * 0.18),
            (x + size * 0.8, y + size * 0.32),
            (x - size * 0.75, y + size * 0.32),
        ],
        fill=hull,
    )
    pen.polygon(
        [
            (x - size, y),
            (x + size * 1.25, y - size * 0.18),
            (x + size * 1.2, y - size * 0.08),
            (x - size * 0.96, y + size * 0.09),
        ],
        fill="#e8ddc4",
    )
    pen.rectangle((x - size * 0.5, y - size * 0.45, x + size * 0.1, y), fill=cabin)
    pen.line((x + size * 0.35, y - size * 1.3, x + size * 0.35, y), fill="#5a4a3f", width=max(3, int(size / 18)))


def _tree(pen: ImageDraw.ImageDraw, rng: random.Random, x: float, y: float, size: float, colour: str) -> None:
    pen.rectangle((x - size * 0.05, y - size * 0.5, x + size * 0.05, y), fill="#6b5644")
    for _ in range(7):
        dx, dy, r = rng.uniform(-0.28, 0.28) * size, rng.uniform(0.5, 1.0) * size, rng.uniform(0.2, 0.3) * size
        tone = _mix(colour, "#ffffff", rng.uniform(0, 0.14))
        pen.ellipse((x + dx - r, y - dy - r, x + dx + r, y - dy + r), fill=tone)


def _house(
    pen: ImageDraw.ImageDraw, x: float, y: float, size: float, roof: str = "#a4604a", wall: str = "#efe4cf"
) -> None:
    pen.rectangle((x, y - size * 0.55, x + size * 1.3, y), fill=wall)
    pen.polygon(
        [
            (x - size * 0.15, y - size * 0.52),
            (x + size * 0.2, y - size),
            (x + size * 1.1, y - size),
            (x + size * 1.45, y - size * 0.52),
        ],
        fill=roof,
    )
    pen.rectangle((x + size * 0.52, y - size * 0.38, x + size * 0.78, y), fill="#7b5b45")
    for left in (0.14, 0.94):
        pen.rectangle((x + size * left, y - size * 0.4, x + size * (left + 0.22), y - size * 0.18), fill="#86a9b5")


def _around(x: float, y: float, radius: float, turn: float) -> Point:
    """The point of a circle, clockwise from the top; a whole turn is 1."""
    return x + radius * math.sin(2 * math.pi * turn), y - radius * math.cos(2 * math.pi * turn)


def _facade(
    pen: ImageDraw.ImageDraw,
    box: tuple[float, float, float, float],
    wall: str,
    columns: int,
    floors: int,
    glass: str = "#86a9b5",
) -> None:
    left, top, right, bottom = box
    pen.rectangle(box, fill=wall)
    wide, high = (right - left) / columns, (bottom - top) / floors
    for column in range(columns):
        for floor in range(floors):
            x, y = left + column * wide, top + floor * high
            pen.rectangle((x + wide * 0.24, y + high * 0.24, x + wide * 0.76, y + high * 0.78), fill=glass)


def _sea(
    image: Image.Image,
    pen: ImageDraw.ImageDraw,
    palette: Palette,
    rng: random.Random,
    boats: int = 0,
    island: bool = False,
) -> None:
    _ridge(pen, rng, 860, 130, _mix(palette.far, palette.sky[1], 0.35))
    _water(image, pen, palette, rng, 850)
    if island:
        line = [
            (620 + x, 862 - 250 * math.sin(math.pi * x / 1150) ** 0.8 * (0.75 + 0.25 * math.sin(x / 130)))
            for x in range(0, 1151, 10)
        ]
        pen.polygon([*line, (1770, 866), (620, 866)], fill=palette.near)
        pen.polygon([(600, 862), (1790, 862), (1690, 884), (720, 884)], fill="#e9d9b0")
    for number in range(boats):
        y = 960 + number * 150
        _boat(
            pen,
            430 + (number * 730) % 1700,
            y,
            70 + number * 42,
            rng.choice([("#2f6f8f", "#d8e3df"), ("#a8503c", "#efe4cf"), ("#3d7a5c", "#e7e2c8")]),
        )


def _storm(image: Image.Image, pen: ImageDraw.ImageDraw, palette: Palette, rng: random.Random) -> None:
    for _ in range(46):
        x, y, r = rng.uniform(-100, 2400), rng.uniform(-60, 430), rng.uniform(110, 280)
        pen.ellipse((x - r * 1.7, y - r * 0.6, x + r * 1.7, y + r * 0.6), fill=_mix("#3f4b57", "#7d8a92", rng.random()))
    image.paste(image.filter(ImageFilter.GaussianBlur(34)))
    _water(image, pen, palette, rng, 820)
    for row in range(5):
        y = 900 + row * 150
        crest = [(x, y + 34 * math.sin(x / (90 + row * 28) + row * 2)) for x in range(0, WIDTH * 2 + 1, 12)]
        pen.line(crest, fill=_mix("#ffffff", palette.water[0], 0.35), width=6 + row * 3)
    for _ in range(260):
        x, y = rng.uniform(0, 2500), rng.uniform(0, 1600)
        pen.line((x, y, x - 26, y + 80), fill="#a9b5ba", width=2)


def _hills(image: Image.Image, pen: ImageDraw.ImageDraw, palette: Palette, rng: random.Random, trees: int = 0) -> None:
    layers = 5
    for number in range(layers):
        share = number / (layers - 1)
        tone = _mix(_mix(palette.far, palette.sky[1], 0.4), _mix(palette.near, "#1f4a3a", 0.45), share)
        line = _ridge(pen, rng, 900 + number * 165, 470 - number * 50, tone, 1.2)
        for x, y in rng.sample(line, min(trees * number // 4, len(line))):
            _tree(pen, rng, x, y + 26, rng.uniform(70, 110) + number * 14, _mix(tone, "#163d2c", 0.35))


def _fields(
    image: Image.Image,
    pen: ImageDraw.ImageDraw,
    palette: Palette,
    rng: random.Random,
    houses: int = 0,
    river: bool = False,
) -> None:
    _ridge(pen, rng, 800, 330, _mix(palette.far, palette.sky[1], 0.3))
    _ridge(pen, rng, 840, 150, palette.far)
    green, gold = _mix("#7fae5a", palette.near, 0.15), _mix("#d9c25f", palette.near, 0.1)
    pen.rectangle((0, 800, 2400, 1600), fill=green)
    edges = [800, 850, 920, 1020, 1160, 1350, 1600]
    for top, bottom in zip(edges, edges[1:], strict=False):
        x: float = -300 - rng.randint(0, 300)
        while x < 2700:
            width = (bottom - 700) * rng.uniform(0.9, 1.6)
            lean = (bottom - top) * 0.7
            tone = _mix(green, gold, rng.choice([0, 0.12, 0.25, 0.75, 0.95]))
            pen.polygon([(x, top), (x + width, top), (x + width + lean, bottom), (x + lean, bottom)], fill=tone)
            for stripe in range(1, 5):
                y = top + (bottom - top) * stripe / 5
                pen.line(
                    (x + lean * stripe / 5, y, x + width + lean * stripe / 5, y),
                    fill=_mix(tone, "#3f6b3a", 0.16),
                    width=3,
                )
            x += width + 10
    if river:
        bank = [
            (1240, 805),
            (1300, 805),
            (1120, 900),
            (1420, 1040),
            (1130, 1230),
            (1500, 1600),
            (600, 1600),
            (720, 1230),
            (1120, 1040),
            (1010, 900),
        ]
        pen.polygon(bank, fill=_mix(*palette.water, 0.35))
    for number in range(houses):
        x, y = 180 + number * 520 + rng.randint(-60, 60), 905 + rng.randint(0, 60)
        _tree(pen, rng, x - 60, y, 250, "#3f7050")
        _house(pen, x, y, 150 + rng.randint(0, 50), rng.choice(["#a4604a", "#8d5546", "#b5714f"]))
        _tree(pen, rng, x + 330, y + 10, 210, "#4c7d52")


def _bridge(image: Image.Image, pen: ImageDraw.ImageDraw, palette: Palette, rng: random.Random) -> None:
    _ridge(pen, rng, 800, 300, palette.far)
    _ridge(pen, rng, 860, 120, palette.near)
    _water(image, pen, palette, rng, 850)
    deck, tone = 790, "#e9ebe6"
    for x in range(120, 2400, 420):
        pen.rectangle((x - 26, deck, x + 26, 1010 - abs(x - 1200) // 12), fill="#c9cdc8")
    pen.polygon([(0, deck - 26), (2400, deck - 26), (2400, deck + 26), (0, deck + 26)], fill=tone)
    for tower in (750, 1650):
        pen.polygon(
            [(tower - 24, deck + 180), (tower - 10, 330), (tower + 10, 330), (tower + 24, deck + 180)], fill="#dfe2dc"
        )
        for step in range(1, 10):
            for side in (-1, 1):
                pen.line((tower, 330 + step * 14, tower + side * step * 48, deck - 20), fill="#f4f5f0", width=4)
    for x in range(0, 2400, 150):
        pen.rectangle((x, deck - 66, x + 5, deck - 26), fill="#8d9894")


def _city(
    image: Image.Image, pen: ImageDraw.ImageDraw, palette: Palette, rng: random.Random, crane: bool = False
) -> None:
    _ridge(pen, rng, 860, 260, palette.far)
    for layer in range(3):
        base, x = 1080 + layer * 130, -rng.randint(0, 120)
        while x < 2400:
            width, high = rng.randint(130, 250), rng.randint(220, 560) - layer * 60
            wall = _mix(
                _mix("#e9e2d2", palette.sky[1], 0.5 - layer * 0.2),
                rng.choice(["#c98f6b", "#b7c4c2", "#e4d5a8", "#cfd8d4"]),
                0.45,
            )
            _facade(
                pen,
                (x, base - high, x + width, base),
                wall,
                width // 55,
                max(2, high // 70),
                _mix("#7d9ba6", palette.sky[1], 0.25),
            )
            x += width + rng.randint(8, 60)
    pen.rectangle((0, 1330, 2400, 1600), fill="#8a9489")
    for x in range(60, 2400, 210):
        _tree(pen, rng, x, 1370, 190, "#4c7d52")
    if crane:
        _crane(pen)


def _crane(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((1180, 620, 1820, 1340), fill="#c9c2b2")
    for floor in range(6):
        y = 640 + floor * 118
        pen.rectangle((1170, y - 14, 1830, y + 6), fill="#a9a291")
        for x in range(1200, 1800, 120):
            pen.rectangle((x, y + 8, x + 84, y + 96), fill="#7e8a88")
    pen.rectangle((950, 200, 984, 1340), fill="#d9a23a")
    for y in range(220, 1330, 60):
        pen.line((950, y, 984, y + 60), fill="#a87a22", width=6)
    pen.polygon([(600, 236), (1900, 236), (1900, 262), (600, 262)], fill="#d9a23a")
    pen.line((967, 120, 620, 236), fill="#8f6c24", width=6)
    pen.line((967, 120, 1860, 236), fill="#8f6c24", width=6)
    pen.polygon([(950, 200), (984, 200), (967, 110)], fill="#d9a23a")
    pen.line((1640, 262, 1640, 520), fill="#5c5848", width=5)
    pen.rectangle((1580, 520, 1700, 552), fill="#7e6a4a")


def _office(
    image: Image.Image, pen: ImageDraw.ImageDraw, palette: Palette, rng: random.Random, school: bool = False
) -> None:
    _ridge(pen, rng, 900, 300, palette.far)
    pen.rectangle((0, 1180, 2400, 1600), fill="#9db08b")
    pen.polygon([(960, 1190), (1440, 1190), (1980, 1600), (420, 1600)], fill="#d8d2c2")
    wall = "#f0d9a0" if school else "#efe9dc"
    for box in ((260, 720, 960, 1190), (1440, 720, 2140, 1190)):
        _facade(pen, box, wall, 6, 3)
        pen.rectangle((box[0] - 20, 690, box[2] + 20, 724), fill="#b56b4c")
    _facade(pen, (940, 620, 1460, 1190), _mix(wall, "#ffffff", 0.4), 4, 4)
    pen.polygon([(900, 624), (1200, 500), (1500, 624)], fill="#b56b4c")
    pen.rectangle((1110, 1010, 1290, 1190), fill="#6f5a49")
    for x in range(980, 1440, 110):
        pen.rectangle((x, 960, x + 24, 1190), fill="#fbf8f0")
    pen.rectangle((1194, 300, 1203, 500), fill="#8a8f8c")
    pen.polygon([(1203, 304), (1330, 318), (1330, 392), (1203, 380)], fill="#c5392f")
    pen.polygon([_around(1266, 348, 26 if point % 2 == 0 else 10, point / 10) for point in range(10)], fill="#f6d33c")
    for x in (140, 420, 700, 1700, 1980, 2260):
        _tree(pen, rng, x, 1290, 300, "#4c7d52")


def _factory(image: Image.Image, pen: ImageDraw.ImageDraw, palette: Palette, rng: random.Random) -> None:
    _ridge(pen, rng, 900, 190, palette.far)
    _water(image, pen, palette, rng, 1190)
    pen.rectangle((0, 1120, 2400, 1200), fill="#a6a08f")
    for x, high in ((380, 640), (520, 760), (1780, 700)):
        pen.polygon([(x, 1120), (x + 12, 1120 - high), (x + 52, 1120 - high), (x + 64, 1120)], fill="#d4d0c6")
        for band in range(2):
            y = 1120 - high + 30 + band * 90
            pen.rectangle((x + 10, y, x + 54, y + 38), fill="#b9553f")
    for x in (760, 1010, 1260, 1510):
        pen.rectangle((x, 880, x + 210, 1120), fill="#dfe2dd")
        pen.pieslice((x, 820, x + 210, 940), 180, 360, fill="#eef0ec")
        pen.line((x, 960, x + 210, 960), fill="#b6bcb6", width=5)
    for x in range(120, 2300, 230):
        pen.rectangle((x, 1030, x + 170, 1120), fill=rng.choice(["#8aa4a8", "#c9b98f", "#9fb0a2"]))
        pen.polygon(
            [
                (x, 1030),
                (x + 57, 996),
                (x + 57, 1030),
                (x + 114, 996),
                (x + 114, 1030),
                (x + 170, 996),
                (x + 170, 1030),
            ],
            fill="#76898c",
        )
    pen.polygon([(1300, 1270), (2250, 1270), (2150, 1370), (1390, 1370)], fill="#8c4638")
    pen.rectangle((1440, 1190, 1960, 1270), fill="#d9c9a0")
    pen.rectangle((1990, 1120, 2130, 1270), fill="#eceee9")


def _blossom(image: Image.Image, pen: ImageDraw.ImageDraw, palette: Palette, rng: random.Random) -> None:
    soft = image.filter(ImageFilter.GaussianBlur(20))
    image.paste(soft)
    _ridge(pen, rng, 1500, 300, _mix("#b9cfa4", palette.sky[1], 0.3))

    def branch(x: float, y: float, angle: float, length: float, width: float) -> None:
        x2, y2 = x + length * math.cos(angle), y - length * math.sin(angle)
        pen.line((x, y, x2, y2), fill="#6a4d3c", width=int(width))
        if width < 9:
            flower(x2, y2, rng.uniform(34, 58))
            return
        for turn in (rng.uniform(0.2, 0.6), -rng.uniform(0.2, 0.6)):
            branch(x2, y2, angle + turn, length * rng.uniform(0.66, 0.86), width * 0.66)
        if rng.random() < 0.7:
            flower(x2, y2, rng.uniform(34, 58))

    def flower(x: float, y: float, size: float) -> None:
        for petal in range(5):
            a = petal * 2 * math.pi / 5
            px, py, r = x + size * 0.6 * math.cos(a), y + size * 0.6 * math.sin(a), size * 0.52
            pen.ellipse((px - r, py - r, px + r, py + r), fill=rng.choice(["#f6c63c", "#f9d65f", "#f2b92e"]))
        pen.ellipse((x - size * 0.24, y - size * 0.24, x + size * 0.24, y + size * 0.24), fill="#c4622d")

    branch(-60, 1500, 0.62, 460, 58)
    branch(300, 1640, 1.05, 380, 40)
    branch(2460, 300, 3.6, 330, 30)


def _festival(image: Image.Image, pen: ImageDraw.ImageDraw, palette: Palette, rng: random.Random) -> None:
    _ridge(pen, rng, 820, 260, palette.far)
    _water(image, pen, palette, rng, 850)
    for number, x in enumerate(range(120, 2400, 300)):
        top = 340 + (number % 2) * 70
        pen.rectangle((x, top, x + 10, 1290), fill="#7a5c45")
        size = 190
        for inset, colour in ((0, "#2f7d6b"), (26, "#e2b13c"), (52, "#c5392f"), (78, "#f1e4b8")):
            pen.rectangle((x + 10 + inset * 0.4, top + inset, x + size + 10 - inset, top + size - inset), fill=colour)
        for tooth in range(6):
            y = top + tooth * size / 6
            pen.polygon(
                [(x + size + 8, y), (x + size + 46, y + size / 12), (x + size + 8, y + size / 6)], fill="#2f7d6b"
            )
    pen.rectangle((0, 1240, 2400, 1600), fill="#b9a582")
    for number in range(3):
        _boat(pen, 520 + number * 720, 1120, 150, rng.choice([("#b0412f", "#e2b13c"), ("#2f6f8f", "#e2b13c")]))


Painter: TypeAlias = Callable[[Image.Image, ImageDraw.ImageDraw, Palette, random.Random], None]
PAINTERS: dict[str, Painter] = {
    "bien": partial(_sea, boats=1),
    "dao": partial(_sea, island=True),
    "tau-thuyen": partial(_sea, boats=4),
    "dong-lua": _fields,
    "nui": _hills,
    "rung": partial(_hills, trees=60),
    "song": partial(_fields, river=True),
    "cau-duong": _bridge,
    "do-thi": _city,
    "cong-so": _office,
    "cong-trinh": partial(_city, crane=True),
    "cong-nghiep": _factory,
    "truong-hoc": partial(_office, school=True),
    "lang-que": partial(_fields, houses=4),
    "mua-bao": _storm,
    "hoa-xuan": _blossom,
    "le-hoi": _festival,
}
