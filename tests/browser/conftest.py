"""A real browser on a real server. Without Chromium these tests are skipped with a line that says how to get it."""

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import product

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from editorial.models import User

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]
# Rules of axe that are off unless one asks for them.
ASKED_FOR = ("target-size", "td-has-header", "table-fake-caption", "p-as-heading")
WIDTHS = (320, 768, 1280)
COLORS = ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"})
PASSWORD = "a long password"  # What the factories give every account.
PATIENCE = 30  # Seconds; only a test that fails waits so long.

expect.set_options(timeout=1000 * PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = pytest.mark.skip(reason=f"{CHROMIUM} is missing; on Debian: apt-get install chromium")
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if not os.path.exists(CHROMIUM):
                item.add_marker(missing)


@pytest.fixture(autouse=True, scope="session")
def _clicks_wait_for_the_page() -> Iterator[None]:
    """A click that leads elsewhere comes back before the next page is read in; what is counted at once may be missing.

    `expect` waits by itself; counting, reading and measuring do not.
    """
    click = Locator.click

    def click_and_wait(self: Locator, **options) -> None:
        click(self, **options)
        self.page.wait_for_load_state()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", click_and_wait)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_window(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Opens a window of somebody of their own; afterwards nothing may have been written to its console."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(**options) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    heard = [*complaints]  # Now: going offline breaks off what a page still loads, and the browser complains of that.
    for context in contexts:
        context.set_offline(True)  # Nobody waits for what a page sends when it is left.
        context.close()
    # A refusal (400, 403, 409) is a page of its own; the browser notes its status as an error.
    assert [text for text in heard if "the server responded with a status of 4" not in text] == []


def sign_in(page: Page, user: User) -> Page:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


def find_barriers(page: Page) -> list[str]:
    """What axe finds, each with the place."""
    # The admin's links fade from one theme's color to the other's; half-way they fit neither.
    page.evaluate("Promise.allSettled(document.getAnimations().map(animation => animation.finished))")
    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], "rules": {rule: {"enabled": True} for rule in ASKED_FOR}}
    found = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def find_faults(page: Page) -> Iterator[str]:
    """What keeps the page from being read by everybody, on this screen."""
    page.wait_for_load_state()
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        yield f"{over} pixels too wide"
    yield from find_barriers(page)


def find_faults_on_every_screen(page: Page, widths: Sequence[int] = WIDTHS) -> Iterator[str]:
    """What `find_faults` finds on a phone, a tablet and a desk, in every set of colors, with all folds open."""
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    for width, colors in product(widths, COLORS):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(**{"color_scheme": "light", "forced_colors": "none", **colors})
        yield from (f"{page.url} at {width} with {colors}: {fault}" for fault in find_faults(page))
