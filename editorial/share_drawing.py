"""Draws the pictures for sharing with Pillow and the font inside it."""

import math
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from editorial.sharing import SharePicture, Toned
from editorial.site import NAME

Box = tuple[float, float, float, float]
Shape = Callable[[ImageDraw.ImageDraw, Box, str], None]

SIZE = (1200, 630)
_MARGIN = 80
_WIDTH = SIZE[0] - 2 * _MARGIN
_PAPER, _INK, _QUIET = "#ffffff", "#1b2226", "#4a565c"
_TITLE_SIZES = (76, 66, 58, 50, 44, 38)
_TITLE_HEIGHT = 250
_NAME_SIZES = (40, 38, 34, 28)
"""For one name, two, three, and more."""
_LONGEST = 400
"""Letters of a text that are looked at; more fit into no picture."""
_LETTERS = {*map(chr, range(32, 127)), *"“”‘’…"}
_DASHES = str.maketrans(dict.fromkeys("–—−‐‑", "-"))


@lru_cache(maxsize=64)
def draw(picture: SharePicture) -> bytes:
    """A PNG of 1200 × 630 pixels. Those that were asked for last are kept: nobody can make a process draw all day."""
    image = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    _draw_band(pen, picture.names)
    _draw_title(pen, picture.title)
    _draw_names(pen, picture.names)
    pen.text((_MARGIN, SIZE[1] - 48), NAME, font=_font(34), fill=_QUIET, anchor="ls")
    content = BytesIO()
    image.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(content, format="PNG", optimize=True)
    return content.getvalue()


def _draw_band(pen: ImageDraw.ImageDraw, names: tuple[Toned, ...]) -> None:
    """A stripe along the top in the colours of what the page compares."""
    colours = [_tone(name)[0] for name in names] or [_INK]
    width = SIZE[0] / len(colours)
    for place, colour in enumerate(colours):
        pen.rectangle((place * width, 0, (place + 1) * width, 20), fill=colour)


def _draw_title(pen: ImageDraw.ImageDraw, title: str) -> None:
    font, lines = _fit(_legible(title) or NAME)
    pen.multiline_text((_MARGIN, 90), "\n".join(lines), font=font, fill=_INK, spacing=font.size * 0.25)


def _draw_names(pen: ImageDraw.ImageDraw, names: tuple[Toned, ...]) -> None:
    """One below the other, each with its shape, above the name of the site."""
    if not names:
        return
    size = _NAME_SIZES[min(len(names), len(_NAME_SIZES)) - 1]
    step = size * 1.3
    top = SIZE[1] - 110 - step * len(names)
    for place, name in enumerate(names):
        colour, draw_shape = _tone(name)
        middle = top + step * (place + 0.5)
        draw_shape(pen, (_MARGIN, middle - size * 0.4, _MARGIN + size * 0.8, middle + size * 0.4), colour)
        font = _font(size)
        text = _cut(_legible(name.name), font, _WIDTH - size * 1.2)
        pen.text((_MARGIN + size * 1.2, middle), text, font=font, fill=colour, anchor="lm")


def _fit(text: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest letters in which the text fits, and its lines; the smallest with the end cut off where none fits."""
    for size in _TITLE_SIZES:
        font = _font(size)
        lines = _wrap(text, font)
        most = int(_TITLE_HEIGHT / (size * 1.35))
        if len(lines) <= most:
            return font, lines
    return font, [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), font, _WIDTH)]


def _wrap(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Lines that fit the width. A word that is wider than a line is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= _WIDTH:
            lines[-1] = longer
        else:
            lines.append(_cut(word, font, _WIDTH))
    return [line for line in lines if line]


def _cut(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """The text, or as much of its beginning as the width holds."""
    if font.getlength(text) <= width:
        return text
    fitting = bisect_right(range(len(text)), width, key=lambda length: font.getlength(f"{text[:length]}…"))
    return f"{text[: fitting - 1].rstrip()}…"


def _legible(text: str) -> str:
    """The text in letters that the font has, which knows no accents: the alternative text has them."""
    plain = unicodedata.normalize("NFKD", text[:_LONGEST].translate(_DASHES))
    return " ".join("".join(char for char in plain if char in _LETTERS).split())


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """The font that comes inside Pillow, so that none is carried along."""
    return ImageFont.load_default(size)


def _tone(name: Toned) -> tuple[str, Shape]:
    return TONES[(name.tone - 1) % len(TONES)]


def _circle(pen: ImageDraw.ImageDraw, box: Box, colour: str) -> None:
    pen.ellipse(box, fill=colour)


def _square(pen: ImageDraw.ImageDraw, box: Box, colour: str) -> None:
    pen.rectangle(box, fill=colour)


def _polygon(*corners: tuple[float, float]) -> Shape:
    """A shape by its corners, as shares of the box."""

    def fill(pen: ImageDraw.ImageDraw, box: Box, colour: str) -> None:
        left, top, right, bottom = box
        pen.polygon([(left + x * (right - left), top + y * (bottom - top)) for x, y in corners], fill=colour)

    return fill


def _star() -> Shape:
    """With five points."""
    turns = [(turn * math.pi / 5, 0.5 if turn % 2 == 0 else 0.2) for turn in range(10)]
    return _polygon(*((0.5 + size * math.sin(angle), 0.5 - size * math.cos(angle)) for angle, size in turns))


_CROSS = ((0.35, 0), (0.65, 0), (0.65, 0.35), (1, 0.35), (1, 0.65), (0.65, 0.65), (0.65, 1), (0.35, 1))
# The colours and shapes of the stylesheet, on white; a picture has no dark version.
TONES: tuple[tuple[str, Shape], ...] = (
    ("#1f5c99", _circle),
    ("#8a4b08", _polygon((0.5, 0), (1, 1), (0, 1))),
    ("#6b3f96", _square),
    ("#216b3a", _polygon((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5))),
    ("#93294f", _star()),
    ("#46585c", _polygon(*_CROSS, (0.35, 0.65), (0, 0.65), (0, 0.35), (0.35, 0.35))),
)
