"""A reader says that something is wrong, an editor deals with it, and the next reader reads what came of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from comparisons.models import Report
from editorial.models import User
from tests.browser.conftest import find_faults_on_every_screen, sign_in
from tests.factories import make_citation, make_condition, make_editor, make_fact, publish
from tests.steps import revise

pytestmark = pytest.mark.django_db(transaction=True)

FORM = "/feedback/?about=/conditions/made-up/&section=topic-symptoms"


@pytest.fixture
def fact(live_server):
    source = make_citation()
    condition = make_condition(slug="made-up", sources=[source])
    first, *others = (make_fact(condition, text=f"{n} in ten people cough at night.", sources=[source]) for n in (2, 3))
    publish(source, condition, first, *others)
    return first


def report(page: Page, text: str) -> None:
    page.get_by_label("It is wrong").check()
    page.get_by_label("What should we know").fill(text)
    page.get_by_role("button", name="Send the report").click()


def test_a_report_goes_to_the_editors_and_its_end_comes_back_to_readers(fact, open_window):
    reader = open_window(viewport={"width": 320, "height": 800}, java_script_enabled=False)
    reader.goto("/conditions/made-up/")
    reader.locator("section", has=reader.locator("#topic-symptoms")).get_by_role("link", name="wrong here").click()
    reader.get_by_label("Which statement it is about").select_option(value=fact.key)
    report(reader, "It is five. Ask me: jo@example.org")
    expect(reader.get_by_role("alert")).to_contain_text("jo@example.org")
    expect(reader.get_by_label("Which statement it is about")).to_have_value(fact.key)
    report(reader, "It is five.")
    reader.get_by_role("link", name="Back to the page").click()
    expect(reader).to_have_url(re.compile("/conditions/made-up/$"))
    assert reader.context.cookies() == []

    revise(fact, text="Five in ten people cough at night.")
    desk = sign_in(open_window(), make_editor())
    desk.get_by_role("link", name="1 Reports from readers").click()
    desk.get_by_role("link", name="It is five.").click()
    desk.get_by_label("Status").select_option(value="corrected")
    desk.get_by_label("Answer").fill("The number was that of an old study.")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.locator(".messagelist .success").wait_for()

    reader.goto("/conditions/made-up/")
    told = reader.locator(f"#fact-{fact.key}")
    expect(told).to_contain_text("1 reader reported this; corrected on")
    assert (Report.objects.get().status, User.objects.filter(answered_reports__status="corrected").count()) == (
        "corrected",
        1,
    )


def test_the_sheet_of_a_statement_offers_the_links_to_it_and_to_a_report_about_it(fact, open_window):
    page = open_window(viewport={"width": 320, "height": 800})
    page.goto("/conditions/made-up/")
    statement = page.locator(f"#fact-{fact.key}")

    statement.locator("button.m").click()
    link = statement.get_by_role("link", name="Link to this statement")
    expect(link).to_have_attribute("href", f"#fact-{fact.key}")
    statement.get_by_role("link", name="Is something wrong here?").click()

    expect(page.get_by_role("heading", name="Your report is about")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(fact.text)


@pytest.mark.usefixtures("fact")
def test_a_refused_report_keeps_nobody_out(open_window):
    page = open_window()
    page.goto(FORM)
    expect(page.get_by_label("Leave this empty")).to_be_hidden()

    page.get_by_label("What should we know").fill("Call +44 20 7946 0958.")
    page.get_by_role("button", name="Send the report").press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("+44 20 7946 0958")
    assert list(find_faults_on_every_screen(page)) == []
