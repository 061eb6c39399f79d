"""The pictures for sharing are drawn whatever their words are."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from editorial import share_drawing
from editorial.sharing import SharePicture, Toned

MARGIN = 60


def open_picture(title: str, *names: Toned) -> Image.Image:
    return Image.open(BytesIO(share_drawing.draw(SharePicture("comparison/x", title, names)))).convert("RGB")


@pytest.mark.parametrize(
    "title",
    ["Short", "Which of these conditions is it? " * 9, "x" * 900, "W" * 60 + " " + "i" * 900, "", "多発性硬化症"],
)
def test_any_title_stays_inside_the_margins(title: str) -> None:
    names = [Toned("W" * 300, tone) for tone in range(1, 5)]

    image = open_picture(title, *names)

    white = (255, 255, 255)
    width, height = image.size
    edges = [image.crop(box) for box in ((0, 30, MARGIN, height), (width - MARGIN, 30, width, height))]
    assert all(edge.getcolors() == [(edge.width * edge.height, white)] for edge in edges)


def test_names_have_their_colors() -> None:
    image = open_picture("One or the other?", Toned("One", 1), Toned("Other", 2))

    colours = {colour for _, colour in image.getcolors(maxcolors=10**6)}
    assert {(0x1F, 0x5C, 0x99), (0x8A, 0x4B, 0x08)} <= colours


def test_the_colors_are_those_of_the_stylesheet() -> None:
    style = Path("static/site.css").read_text(encoding="utf-8")

    assert [colour for colour, _ in share_drawing.TONES] == re.findall(r"--tone-\d: light-dark\((#\w+),", style)


def test_letters_that_the_font_lacks_are_drawn_without_their_accents() -> None:
    assert open_picture("Sjögren – één").tobytes() == open_picture("Sjogren - een").tobytes()


def test_what_is_drawn_is_in_the_digest() -> None:
    pictures = [
        SharePicture("faq/x", "One"),
        SharePicture("faq/x", "Other"),
        SharePicture("faq/x", "One", (Toned("One", 1),)),
        SharePicture("faq/x", "One", (Toned("One", 2),)),
    ]

    assert len({picture.digest for picture in pictures}) == len(pictures)
