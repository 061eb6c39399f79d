"""How readers go through pages of content: with the keyboard, on a phone, without script, on paper."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import find_faults
from tests.rich_content import build_rich_site

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 320, "height": 800}


@pytest.fixture
def _site(live_server) -> None:
    build_rich_site()


@pytest.fixture
def page(_site, open_window) -> Page:
    return open_window(viewport=PHONE)


def test_the_checks_find_a_page_that_is_too_wide_and_unreadable(open_window) -> None:
    page = open_window(viewport=PHONE)
    page.set_content(
        "<html lang=en><title>T</title><main style='width:600px;color:#ccc;background:#fff'>Pale words</main></html>"
    )

    found = " ".join(find_faults(page))

    assert "too wide" in found
    assert "color-contrast" in found


def test_the_table_keeps_its_meaning_on_a_small_screen(page: Page) -> None:
    page.goto("/compare/stiffness-vs-hardness/")
    table = page.get_by_role("table")

    assert table.get_by_role("columnheader").count() == 4
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="What of overview?"))
    assert row.get_by_role("cell").count() == 3
    verdict, first = row.locator(".verdict").bounding_box(), row.locator(".cell-name").first.bounding_box()
    assert verdict["y"] < first["y"], "On a phone the verdict stands under the question, before the facts."


@pytest.mark.usefixtures("_site")
def test_a_mark_leads_to_its_source_and_the_source_back_without_script(open_window) -> None:
    page = open_window(java_script_enabled=False)
    page.goto("/compare/stiffness-vs-hardness/")

    mark = page.get_by_role("button", name="1 source").first
    mark.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # Into the sheet that the mark opened.
    page.keyboard.press("Enter")
    assert page.url.endswith("#r1")
    assert page.locator("#r1").is_visible(), "The folded list opens for the source that was asked for."
    page.locator("#r1").get_by_role("link", name="Back to the text").click()
    assert page.url.endswith(f"#{mark.get_attribute('id')}")


def test_the_sheet_of_a_mark_says_what_the_list_says_and_closes_with_escape(page: Page) -> None:
    page.goto("/compare/stiffness-vs-hardness/")
    mark = page.get_by_role("button", name="1 source").first

    mark.click()
    sheet = page.locator(".sheet:popover-open")
    assert "A sound study" in sheet.inner_text()
    assert list(find_faults(page)) == []
    page.keyboard.press("Escape")
    assert sheet.count() == 0
    assert mark.evaluate("button => button === document.activeElement")


def test_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto("/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_two_conditions_are_picked_and_compared_and_a_wrong_pick_is_kept(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Stiffness (ST)").check()
    page.get_by_role("button", name="Compare").click()

    assert page.get_by_role("alert").is_visible()
    page.get_by_role("alert").get_by_role("link").click()
    assert page.get_by_label("Stiffness (ST)").is_checked()
    page.get_by_label("Rigidity").check()
    page.get_by_role("button", name="Compare").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Stiffness and Rigidity, compared"


def test_paper_holds_what_is_folded_on_the_screen(page: Page) -> None:
    page.goto("/compare/stiffness-vs-hardness/")
    folded = page.locator("#r1")
    number = page.locator(".sheet a").first
    assert not folded.is_visible()
    assert not number.is_visible()

    page.emulate_media(media="print")

    assert folded.bounding_box()["height"] > 0
    assert folded.is_visible()
    assert number.is_visible()
    assert not page.locator(".site-nav").is_visible()


def test_paper_leaves_out_the_ways_to_other_pages(page: Page) -> None:
    page.emulate_media(media="print")
    ways = {
        "/conditions/stiffness/": [".compare-with", "figure a[download]"],
        "/sources/sound/": [".quiet > [href='/sources/']", ".quiet [href^='/feedback/']"],
    }
    for address, selectors in ways.items():
        page.goto(address)
        for selector in selectors:
            assert page.locator(selector).count() > 0, selector
            assert not page.locator(selector).first.is_visible(), selector
