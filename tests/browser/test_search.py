"""Searching with the keyboard in Chromium: what is offered, and where it leads."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import find_faults
from tests.factories import make_citation, make_condition, make_fact, publish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site() -> None:
    source = make_citation(key="study")
    condition = make_condition(slug="stiffness", name="Stiffness", sources=[source])
    facts = [make_fact(condition, sources=[source], text=f"Statement {n}.", prominence="main") for n in range(30)]
    tremor = make_fact(condition, key="tremor", sources=[source], label="Leg tremor", text="It trembles.", position=99)
    publish(source, condition, *facts, tremor)


def test_somebody_types_chooses_with_the_keyboard_and_lands_on_the_statement(
    site: None, open_window: Callable[..., Page]
) -> None:
    page = open_window(viewport={"width": 1280, "height": 800})
    page.goto("/about/")
    box = page.get_by_role("combobox", name="Search this site")

    box.press_sequentially("trem")
    expect(page.locator(".suggestions").get_by_role("option")).to_have_text(["Leg tremorStiffness"])
    assert list(find_faults(page)) == []
    box.press("ArrowDown")
    expect(page.locator(".suggestions").get_by_role("option", selected=True)).to_have_count(1)
    box.press("Enter")

    page.wait_for_url("**/conditions/stiffness/#fact-tremor")
    expect(page.locator("#fact-tremor")).to_be_in_viewport()


def test_escape_closes_the_list_and_enter_searches(site: None, open_window: Callable[..., Page]) -> None:
    page = open_window(viewport={"width": 320, "height": 700})
    page.goto("/search/")
    box = page.get_by_role("combobox", name="Search this site")

    box.press_sequentially("trem")
    expect(page.locator(".suggestions").get_by_role("option")).to_have_count(1)
    box.press("Escape")
    expect(page.locator(".suggestions").get_by_role("option")).to_have_count(0)
    box.press("Enter")

    page.wait_for_url("**/search/?q=trem")
    expect(page.get_by_role("link", name="Leg tremor")).to_be_visible()
    assert list(find_faults(page)) == []


def test_an_answer_that_comes_late_neither_takes_a_choice_away_nor_opens_what_was_closed(
    site: None, open_window: Callable[..., Page]
) -> None:
    page = open_window(bypass_csp=True)  # To wait for a function, which the policy forbids.
    page.goto("/about/")
    box, offered = page.get_by_role("combobox", name="Search this site"), page.locator(".suggestions [role=option]")
    page.evaluate("() => { window.answers = []; window.fetch = () => new Promise(answer => answers.push(answer)) }")

    def ask(letter: str, number: int) -> None:
        box.press(letter)
        page.wait_for_function(f"answers.length === {number}")

    def answer(number: int, *texts: str) -> None:
        suggestions = [{"text": text, "context": "", "path": f"/{text}/"} for text in texts]
        page.evaluate(
            "([number, suggestions]) => answers[number - 1]({json: () => ({suggestions})})", [number, suggestions]
        )

    ask("a", 1)
    answer(1, "about")
    expect(offered).to_have_text(["about"])
    ask("b", 2)
    box.press("ArrowDown")
    answer(2, "absent")
    expect(offered).to_have_text(["about"])
    expect(box).to_have_attribute("aria-activedescendant", "suggestions-0-0")

    ask("o", 3)
    box.press("Escape")
    answer(3, "about")
    expect(offered).to_have_count(0)


def test_the_search_needs_no_script(site: None, open_window: Callable[..., Page]) -> None:
    page = open_window(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page.goto("/search/")

    page.get_by_role("searchbox", name="Search this site").fill("tremor")
    page.get_by_role("button", name="Search").click()

    expect(page.get_by_role("link", name="Leg tremor")).to_have_attribute("href", "/conditions/stiffness/#fact-tremor")
