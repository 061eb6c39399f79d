"""A reader who has no more than a keyboard: from the search box to a comparison, and within its page."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.rich_content import build_rich_site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(live_server, open_window) -> Page:
    build_rich_site()
    return open_window()


def reach(page: Page, name: str) -> None:
    """Goes on with the Tab key to what has this name; fails when it is not among the next fifty."""
    for _ in range(50):
        page.keyboard.press("Tab")
        if page.evaluate("(document.activeElement.ariaLabel || document.activeElement.textContent).trim()") == name:
            return
    raise AssertionError(f"The keyboard does not reach “{name}”.")


def test_a_suggestion_is_chosen_with_the_arrow_keys(page: Page) -> None:
    page.goto("/about/")
    box = page.get_by_role("combobox", name="Search this site")

    box.press_sequentially("stif")
    offered = page.get_by_role("listbox", name="Search this site")
    expect(offered).to_be_visible()
    box.press("ArrowDown")
    chosen = offered.get_by_role("option", selected=True)
    expect(chosen).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    box.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("tiffness")


def test_two_names_in_the_search_box_lead_to_their_comparison(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill("stiffness vs hardness")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Stiffness vs hardness")


def test_the_contents_lead_into_the_page_and_its_top_back(page: Page) -> None:
    page.goto("/compare/stiffness-vs-hardness/")

    reach(page, "On this page")
    page.keyboard.press("Enter")
    reach(page, "How they differ")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#differences$"))
    expect(page.locator("#differences")).to_be_in_viewport()  # The next Tab goes on from there.
    reach(page, "Back to the top")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("#content$"))
    expect(page.locator("#content")).to_be_focused()


def test_conditions_are_picked_and_a_comparison_reported_without_a_mouse(page: Page) -> None:
    page.goto("/compare/")
    for name in ("Stiffness (ST)", "Rigidity"):
        page.get_by_role("main").get_by_label(name).press("Space")
    page.get_by_role("main").get_by_role("button", name="Compare").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stiffness and Rigidity, compared")

    page.get_by_role("main").get_by_role("link", name="wrong here").first.press("Enter")
    page.get_by_label("It is wrong").press("Space")
    page.get_by_label("What should we know").press_sequentially("Arms are stiff too.")
    page.get_by_role("button", name="Send the report").press("Enter")

    expect(page).to_have_url(re.compile("/feedback/thanks/"))
