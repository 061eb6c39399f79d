"""`make screens`: takes a picture of each type of page, as wide as a phone, a tablet and a desk, in both themes.

Not part of the test run: pytest collects this file only when it is named.
"""

from itertools import product
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.browser.conftest import WIDTHS
from tests.browser.page_types import REAL

SCREENS = Path(__file__).resolve().parents[2] / "docs" / "screens"
THEMES = ("light", "dark")
QUALITY = 35  # Enough to read the words.


def file_name(page: str, width: int, theme: str) -> str:
    return f"{page}-{width}-{theme}.jpg"


def write_index() -> None:
    """A page that shows all pictures: a row for each theme, so that a phone, a tablet and a desk stand side by side."""
    lines = ["# Every type of page", "", "The real content; taken by `make screens`.", ""]
    for name, address in REAL.items():
        lines += [f"## {name.replace('-', ' ').capitalize()}", "", f"`{address}`", ""]
        for theme in THEMES:
            pictures = (file_name(name, width, theme) for width in WIDTHS)
            shown = (f'<img src="{picture}" alt="{picture.removesuffix(".jpg")}" height="300">' for picture in pictures)
            lines += [" ".join(shown), ""]
    (SCREENS / "README.md").write_text("\n".join(lines[:-1]) + "\n")


@pytest.mark.django_db(transaction=True)
def test_take_a_picture_of_every_type_of_page(open_window, live_server):
    call_command("demo", verbosity=0)
    SCREENS.mkdir(exist_ok=True)
    for old in SCREENS.glob("*.jpg"):
        old.unlink()
    for width, theme in product(WIDTHS, THEMES):
        page = open_window(viewport={"width": width, "height": 800}, color_scheme=theme)
        for name, address in REAL.items():
            page.goto(address)
            page.screenshot(path=SCREENS / file_name(name, width, theme), quality=QUALITY, type="jpeg")
    write_index()
