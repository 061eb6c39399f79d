"""Questions, sources, the glossary, old editions, pages about the site and refusals, on every screen."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import find_faults
from tests.rich_content import RichSite, build_rich_site
from tests.steps import retire, revise

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESSES = (
    "/faqs/",
    "/faqs/can-one-have-both/",
    "/faqs/can-one-have-both/?as_of=2000-01-01",
    "/sources/",
    "/sources/sound/",
    "/sources/concern/",
    "/glossary/",
    "/history/condition/stiffness/",
    "/history/condition/stiffness/1/",
    "/history/comparison/stiffness-vs-hardness/1/",
    "/history/faq/can-one-have-both/1/",
    "/history/citation/sound/1/",
    "/history/glossary/glossary/1/",
    "/about/",
    "/editorial-policy/",
    "/privacy/",
    "/accessibility/",
    "/no-such-page/",
    "/conditions/rigidity/",
)


@pytest.fixture
def site(live_server) -> RichSite:
    """With an old edition of a question, and a condition that was withdrawn."""
    site = build_rich_site()
    revise(site.faq, answer="Another answer [@sound].")
    retire(site.rigidity)
    return site


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_every_page_is_accessible_and_fits_its_screen(open_window, width: int, scheme: str) -> None:
    page = open_window(viewport={"width": width, "height": 800}, color_scheme=scheme)
    faults = []
    for address in ADDRESSES:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        faults += [f"{address}: {fault}" for fault in find_faults(page)]

    assert faults == []


def go(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


@pytest.mark.usefixtures("site")
def test_a_reader_follows_an_answer_to_its_source_and_back_and_to_its_past(open_window) -> None:
    page = open_window(java_script_enabled=False)
    page.goto("/faqs/")

    go(page, "Can one have both?")
    page.get_by_role("button", name="1 source").first.click()
    page.get_by_role("link", name="Source 1").click()
    assert page.url.endswith("#r1")
    go(page, "About this source")
    assert page.get_by_role("heading", name="Cited on").is_visible()
    go(page, "Can one have both?")
    go(page, "history")
    go(page, "Edition 1")

    assert page.get_by_text("This is an old edition").is_visible()
    assert page.get_by_text("rarely").is_visible()
    go(page, "Read the current page")
    assert page.get_by_text("Another answer").is_visible()


@pytest.mark.usefixtures("site")
def test_the_letters_lead_into_the_list_of_sources(open_window) -> None:
    page = open_window(viewport={"width": 320, "height": 400})
    page.goto("/sources/")

    letter = page.get_by_role("navigation", name="Letters").get_by_role("link").last
    letter.click()

    assert page.locator(f"[id='{page.url.split('#')[1]}']").is_visible()
