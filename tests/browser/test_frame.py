"""What stands around every page, and the definitions in it: with the keyboard, without script, on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, find_faults_on_every_screen
from tests.factories import make_faq, make_term, publish
from tests.rich_content import build_rich_site

pytestmark = pytest.mark.django_db(transaction=True)

QUESTION = "/faqs/why/"


@pytest.fixture
def _site(live_server) -> None:
    term = make_term(slug="myelin", preferred="myelin", definition="A coating of nerve fibers.")
    question = make_faq(slug="why", question="Why?", answer="It harms myelin.")
    publish(*term.citations.all(), *question.citations.all(), term, question)


@pytest.mark.usefixtures("_site")
def test_the_menu_and_the_search_box_work_without_script(open_window) -> None:
    page = open_window(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page.goto("/about/")
    link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Glossary")
    expect(link).to_be_hidden()

    page.get_by_role("button", name="Menu").press("Enter")
    expect(link).to_be_visible()
    link.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Glossary")
    expect(page.get_by_label("Colors")).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_be_visible()


@pytest.mark.usefixtures("_site")
def test_a_word_opens_its_definition_with_the_keyboard_and_without_script(open_window) -> None:
    page = open_window(java_script_enabled=False)
    page.goto(QUESTION)
    definition = page.get_by_text("A coating of nerve fibers.")

    page.get_by_role("button", name="myelin").press("Enter")
    expect(definition).to_be_visible()
    page.keyboard.press("Escape")
    expect(definition).to_be_hidden()

    page.get_by_role("button", name="myelin").press("Enter")
    page.get_by_role("link", name="In the glossary").click()
    expect(page).to_have_url(re.compile("/glossary/#term-myelin$"))


@pytest.mark.usefixtures("_site")
def test_an_open_definition_and_an_open_menu_keep_nobody_out(open_window) -> None:
    page = open_window(viewport={"width": 320, "height": 640})
    page.goto(QUESTION)

    page.get_by_role("button", name="myelin").click()
    assert list(find_faults_on_every_screen(page)) == []
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_role("button", name="Menu").click()
    assert list(find_faults_on_every_screen(page, WIDTHS[:2])) == [], "On wide screens it is always open."


@pytest.mark.usefixtures("_site")
def test_a_reader_moves_between_the_languages(open_window) -> None:
    page = open_window()
    page.goto(QUESTION)

    page.get_by_role("link", name="Español").click()
    expect(page).to_have_url(re.compile(f"/es{QUESTION}$"))
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert page.get_by_text("It harms").evaluate("element => element.closest('[lang]').lang") == "en"

    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(re.compile(f"{QUESTION}$"))


def test_a_link_to_a_place_is_copied_and_said_aloud(open_window, live_server) -> None:
    build_rich_site()
    page = open_window(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/compare/stiffness-vs-hardness/")
    link = page.locator(".section-links .copy-link").first
    address = link.evaluate("link => link.href")

    link.press("Enter")

    expect(page.get_by_role("status")).to_have_text("Link copied")
    expect(link).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert address.startswith(f"{live_server.url}/compare/stiffness-vs-hardness/#")


@pytest.mark.usefixtures("_site")
def test_paper_shows_text_and_nothing_to_press(open_window) -> None:
    page = open_window(color_scheme="dark")
    page.goto(QUESTION)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")

    expect(page.get_by_text("It harms myelin.")).to_be_visible()
    expect(page.locator(".references li")).to_be_visible()
    expect(page.get_by_text("Not medical advice")).to_be_visible()
    note = page.locator(".about-page dl")
    for told in ("Last reviewed", "Last changed", "edition 1", f"http://127.0.0.1:8000{QUESTION}"):
        expect(note.get_by_text(told)).to_be_visible()
    for gone in (
        page.get_by_role("link", name="All questions"),
        page.get_by_role("link", name="Is something wrong here?").first,
        page.get_by_role("navigation", name="Main"),
        page.get_by_role("searchbox"),
        page.get_by_label("Colors"),
    ):
        expect(gone).to_be_hidden()
    expect(page.locator("html")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("html")).to_have_css("color", "rgb(0, 0, 0)")
