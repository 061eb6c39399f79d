"""A comparison of real length on a phone: what it asks for, how it moves, and what it says without script.

What it weighs is tested in tests/integration/test_demo.py, with files compressed as they are when they are deployed.
"""

import pytest
from django.core.management import call_command

from tests.browser.page_types import REAL

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

MOST_REQUESTS = 3
MOST_MOVEMENT = 0.01
PHONE = {"width": 360, "height": 740}
WATCH_MOVEMENT = """
    window.movement = 0;
    window.note = entries => { for (const entry of entries) if (!entry.hadRecentInput) movement += entry.value };
    window.watching = new PerformanceObserver(list => note(list.getEntries()));
    watching.observe({type: "layout-shift", buffered: true});
"""
GO_ON = """new Promise(drawn => {
    scrollBy({top: 1500, behavior: "instant"});
    requestAnimationFrame(() => requestAnimationFrame(drawn));
})"""


@pytest.fixture
def _site(live_server) -> None:
    call_command("demo", verbosity=0)


@pytest.mark.usefixtures("_site")
def test_a_comparison_asks_for_little_and_stands_still(open_window) -> None:
    page = open_window(viewport=PHONE)
    page.add_init_script(WATCH_MOVEMENT)

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(REAL["comparison"])
    page.wait_for_load_state("networkidle")
    for _ in range(12):
        page.evaluate(GO_ON)

    assert 2 <= len(asked) <= MOST_REQUESTS
    assert page.evaluate("(note(watching.takeRecords()), movement)") < MOST_MOVEMENT


@pytest.mark.usefixtures("_site")
def test_a_comparison_says_all_without_script(open_window) -> None:
    page, plain = open_window(viewport=PHONE), open_window(viewport=PHONE, java_script_enabled=False)
    texts = []
    for window in (page, plain):
        window.goto(REAL["comparison"])
        texts.append(window.get_by_role("main").inner_text())

    assert len(texts[1]) > 10_000
    assert texts[1] == texts[0]
