"""What a reader's browser is asked to do: nothing but to show the page."""

import pytest

from tests.browser.page_types import RICH, build_every_page_type

pytestmark = pytest.mark.django_db(transaction=True)

GROUND = "getComputedStyle(document.documentElement).backgroundColor"


@pytest.fixture
def _site(live_server) -> None:
    build_every_page_type()


@pytest.mark.usefixtures("_site")
def test_no_page_asks_another_host_sets_a_cookie_or_keeps_anything(open_window, live_server) -> None:
    page = open_window()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    kept = {}
    for name, address in RICH.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        kept[name] = page.evaluate(
            """async () => [document.cookie, {...localStorage}, {...sessionStorage},
                (await indexedDB.databases()).length, (await caches.keys()).length,
                (await navigator.serviceWorker.getRegistrations()).length]"""
        )

    assert len(asked) > len(RICH)
    assert [url for url in asked if not url.startswith((f"{live_server.url}/", "data:"))] == []
    assert page.context.cookies() == []
    assert {name: what for name, what in kept.items() if what != ["", {}, {}, 0, 0, 0]} == {}


@pytest.mark.usefixtures("_site")
def test_the_choice_of_colors_is_all_that_stays_on_the_device(open_window) -> None:
    page = open_window(color_scheme="light")
    page.goto("/")
    light = page.evaluate(GROUND)

    page.get_by_label("Colors").select_option("dark")
    dark = page.evaluate(GROUND)
    page.goto("/about/")

    assert page.evaluate(GROUND) == dark != light
    assert len(page.evaluate("Object.keys(localStorage)")) == 1
    assert page.context.cookies() == []
