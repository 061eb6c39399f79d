"""How readers go through pages of content: with the keyboard, on a phone, without script, on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

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

    expect(table.get_by_role("columnheader")).to_have_count(4)
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="What of overview?"))
    expect(row.get_by_role("cell")).to_have_count(3)
    verdict, first = row.locator(".verdict").bounding_box(), row.locator(".cell-name").first.bounding_box()
    assert verdict["y"] < first["y"], "On a phone the verdict stands under the question, before the facts."


@pytest.mark.usefixtures("_site")
def test_a_mark_leads_to_its_source_and_the_source_back_without_script(open_window) -> None:
    page = open_window(java_script_enabled=False)
    page.goto("/compare/stiffness-vs-hardness/")

    mark = page.get_by_role("button", name="1 source").first
    mark.focus()
    page.keyboard.press("Enter")
    sheet = page.locator(".sheet:popover-open")
    expect(sheet).to_be_visible()
    page.keyboard.press("Tab")
    expect(sheet.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#r1$"))
    expect(page.locator("#r1"), "The folded list opens for the source that was asked for.").to_be_visible()
    page.locator("#r1").get_by_role("link", name="Back to the text").click()
    expect(page).to_have_url(re.compile(f"#{mark.get_attribute('id')}$"))


def test_the_sheet_of_a_mark_says_what_the_list_says_and_closes_with_escape(page: Page) -> None:
    page.goto("/compare/stiffness-vs-hardness/")
    mark = page.get_by_role("button", name="1 source").first

    mark.click()
    sheet = page.locator(".sheet:popover-open")
    expect(sheet).to_contain_text("A sound study")
    assert list(find_faults(page)) == []
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(mark).to_be_focused()


def test_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto("/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_two_conditions_are_picked_and_compared_and_a_wrong_pick_is_kept(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Stiffness (ST)").check()
    page.get_by_role("button", name="Compare").click()

    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Stiffness (ST)")).to_be_checked()
    page.get_by_label("Rigidity").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stiffness and Rigidity, compared")


def test_paper_holds_what_is_folded_on_the_screen(page: Page) -> None:
    page.goto("/compare/stiffness-vs-hardness/")
    folded = page.locator("#r1")
    number = page.locator(".sheet a").first
    expect(folded).to_be_hidden()
    expect(number).to_be_hidden()

    page.emulate_media(media="print")

    expect(folded).to_be_visible()
    expect(number).to_be_visible()
    expect(page.locator(".site-nav")).to_be_hidden()
    assert folded.bounding_box()["height"] > 0


def test_paper_leaves_out_the_ways_to_other_pages(page: Page) -> None:
    page.emulate_media(media="print")
    ways = {
        "/conditions/stiffness/": [".compare-with", "figure a[download]"],
        "/sources/sound/": [".quiet > [href='/sources/']", ".quiet [href^='/feedback/']"],
    }
    for address, selectors in ways.items():
        page.goto(address)
        for selector in selectors:
            expect(page.locator(selector)).not_to_have_count(0)
            expect(page.locator(selector).first).to_be_hidden()
