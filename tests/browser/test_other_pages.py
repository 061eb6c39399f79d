"""The ways between questions, sources and their past."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.rich_content import build_rich_site
from tests.steps import revise

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _site(live_server) -> None:
    """With an old edition of a question."""
    revise(build_rich_site().faq, answer="Another answer [@sound].")


def go(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


@pytest.mark.usefixtures("_site")
def test_a_reader_follows_an_answer_to_its_source_and_back_and_to_its_past(open_window) -> None:
    page = open_window(java_script_enabled=False)
    page.goto("/faqs/")

    go(page, "Can one have both?")
    page.get_by_role("button", name="1 source").first.click()
    page.get_by_role("link", name="Source 1").click()
    expect(page).to_have_url(re.compile("#r1$"))
    go(page, "About this source")
    expect(page.get_by_role("heading", name="What it is cited for")).to_be_visible()
    go(page, "Can one have both?")
    go(page, "history")
    go(page, "Edition 1")

    expect(page.get_by_text("This is an old edition")).to_be_visible()
    expect(page.get_by_text("rarely")).to_be_visible()
    go(page, "Read the current page")
    expect(page.get_by_text("Another answer")).to_be_visible()


@pytest.mark.usefixtures("_site")
def test_the_letters_lead_into_the_list_of_sources(open_window) -> None:
    page = open_window(viewport={"width": 320, "height": 400})
    page.goto("/sources/")

    letter = page.get_by_role("navigation", name="Letters").get_by_role("link").last
    letter.click()

    place = letter.get_attribute("href")
    expect(page).to_have_url(re.compile(f"/sources/{place}$"))
    expect(page.locator(f"[id='{place.removeprefix('#')}']")).to_be_in_viewport()
