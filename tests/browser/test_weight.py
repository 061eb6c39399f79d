"""A comparison of real length on a phone with a slow connection: what it weighs, asks for and how it moves."""

import pytest
from django.core.management import call_command
from playwright.sync_api import CDPSession, Page

from tests.browser.page_types import REAL

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

MOST_BYTES = 45_000
MOST_REQUESTS = 3
MOST_MOVEMENT = 0.01
PHONE = {"width": 360, "height": 740}
WATCH_MOVEMENT = """
    window.movement = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.movement += entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def _site(live_server) -> None:
    call_command("demo", verbosity=0)


def weigh(page: Page, address: str) -> list[int]:
    """The bytes that each request brought over the wire, headers left out."""
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    received: dict[str, int] = {}

    def add(event: dict) -> None:
        received[event["requestId"]] = received.get(event["requestId"], 0) + event["encodedDataLength"]

    session.on("Network.dataReceived", add)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return list(received.values())


@pytest.mark.usefixtures("_site")
def test_a_comparison_is_light_and_stands_still(open_window) -> None:
    page = open_window(viewport=PHONE)
    page.add_init_script(WATCH_MOVEMENT)

    received = weigh(page, REAL["comparison"])
    for _ in range(12):
        page.mouse.wheel(0, 1500)
        page.wait_for_timeout(50)

    assert len(received) <= MOST_REQUESTS
    assert 20_000 < sum(received) <= MOST_BYTES
    assert page.evaluate("window.movement") < MOST_MOVEMENT


@pytest.mark.usefixtures("_site")
def test_a_comparison_says_all_without_script(open_window) -> None:
    page, plain = open_window(viewport=PHONE), open_window(viewport=PHONE, java_script_enabled=False)
    texts = []
    for window in (page, plain):
        window.goto(REAL["comparison"])
        texts.append(window.get_by_role("main").inner_text())

    assert len(texts[1]) > 10_000
    assert texts[1] == texts[0]
