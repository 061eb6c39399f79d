"""Every page of content: no barrier and nothing too wide, on every screen and in every set of colors."""

import pytest

from tests.browser.conftest import find_faults_on_every_screen
from tests.browser.page_types import CONTENT, build_every_page_type

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_no_page_keeps_anybody_out_or_is_too_wide(open_window, live_server) -> None:
    build_every_page_type()
    page = open_window()
    faults: list[str] = []

    for address in CONTENT.values():
        page.goto(address)
        faults += find_faults_on_every_screen(page)

    assert faults == []
