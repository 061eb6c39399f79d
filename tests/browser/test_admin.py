"""The admin in Chromium: its script under our policy, a fact edited from end to end, and no barrier on its pages."""

import pytest
from playwright.sync_api import expect

from editorial import actions
from tests.admin_forms import admin_url
from tests.browser.conftest import find_barriers, sign_in
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_reviewer,
    make_topic,
    publish,
)
from tests.steps import edit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fact(live_server):
    source = make_citation(key="roe-2020", title="A long study")
    condition = make_condition(slug="ms", sources=[source])
    fact = make_fact(condition, key="ms-walking", sources=[source], text="About 1,250 people walked.")
    publish(source, condition, fact)
    return fact


def choose(page, label, typed, wanted):
    """Finds something by typing, as in every field of the admin that names something else."""
    page.get_by_role("combobox", name=label).last.click()
    find(page, page.get_by_role("searchbox", name=f"Find: {label}"), typed, wanted)


def find(page, box, typed, wanted):
    """Until the answer to what was typed is shown, the list is about to be replaced, and a click may go nowhere."""
    with page.expect_response(lambda response: f"term={typed}&" in f"{response.url}&"):
        box.fill(typed)
    expect(page.locator(".loading-results")).to_have_count(0)
    page.get_by_role("option", name=wanted).click()


def test_an_editor_changes_a_fact_and_its_sources_and_submits_it(fact, open_window):
    make_citation(key="doe-2024", title="A newer study")
    make_topic("outlook")
    page = sign_in(open_window(), make_editor())
    page.goto(admin_url(fact))

    page.get_by_label("Text", exact=False).first.fill("About 1,350 people walked.")
    choose(page, "Topic", "outl", "Outlook")
    page.get_by_text("Add another Source").click()
    choose(page, "Citation", "doe", "doe-2024: A newer study")
    page.locator("#id_sources-1-quote").fill("1,350 of them walked.")
    page.get_by_label("What did you change?").fill("Newer figures.")
    page.get_by_role("button", name="Save and submit for review").click()

    expect(page.get_by_text("is saved and submitted for review.")).to_be_visible()
    expect(page.locator(".item-panel")).to_contain_text("A reviewer has the next move")
    fact.refresh_from_db()
    assert (fact.text, fact.topic.slug) == ("About 1,350 people walked.", "outlook")
    assert [(s.citation.key, s.quote) for s in fact.sources.all()] == [
        ("roe-2020", ""),
        ("doe-2024", "1,350 of them walked."),
    ]
    assert fact.review.status == "in_review"


def test_many_things_are_chosen_in_one_field(fact, open_window):
    comparison = make_comparison(fact.condition, make_condition(), title="MS and ALS")
    comparison.sections.create(heading="Walking", position=0)
    page = sign_in(open_window(), make_editor())
    page.goto(admin_url(comparison))

    page.get_by_text("Sections", exact=True).click()
    find(page, page.get_by_role("searchbox", name="Rests on").first, "ms-walk", "About 1,250 people walked.")
    page.get_by_role("button", name="Save draft", exact=True).click()

    expect(page.locator(".messagelist .success")).to_contain_text("was changed successfully")
    assert list(comparison.sections.get().rests_on.all()) == [fact]


def test_the_admins_own_pages_keep_our_policy(fact, open_window):
    """What breaks the policy is written to the console, and the window fails for it."""
    page = sign_in(open_window(), make_editor(is_superuser=True))
    for address in (
        "/admin/",
        "/admin/conditions/fact/",
        "/admin/conditions/fact/add/",
        "/admin/conditions/fact/add/?_popup=1",
        admin_url(fact),
        admin_url(fact, "history"),
        admin_url(fact, "copy"),
        admin_url(make_citation(), "delete"),
        "/admin/editorial/user/add/",
        f"/admin/editorial/user/{make_editor().pk}/change/",
        f"/admin/editorial/user/{make_editor().pk}/password/",
        "/admin/password_change/",
        "/admin/editorial/decision/",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Toggle theme").first.click()
    page.get_by_role("button", name="Log out").click()


# axe copies elements with their style attributes, which the policy forbids; the test above keeps the policy itself.
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [768, 1280])
def test_no_page_of_an_item_has_a_barrier(fact, open_window, scheme, width):
    editor = make_editor()
    edit(fact, by=editor, text="About 1,350 people walked:", key="ms-walking")
    fact.sources.first().delete()
    comparison = make_comparison(fact.condition, make_condition(), title="MS and ALS")
    comparison.sections.create(heading="Walking", position=0)
    page = open_window(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    sign_in(page, editor)

    for address in (
        "/admin/",
        "/admin/conditions/fact/",
        admin_url(fact),
        admin_url(fact, "history"),
        admin_url(fact, "copy"),
        admin_url(fact.condition),
        admin_url(comparison),
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('#content details').forEach((details) => { details.open = true })")
        assert find_barriers(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [768, 1280])
def test_a_held_back_save_and_a_refused_submission_have_no_barrier(fact, open_window, scheme, width):
    page = open_window(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    sign_in(page, make_editor())
    page.goto(admin_url(fact))
    page.locator("#id_text").fill("Typed by the second, and this leads to:")
    edit(fact, by=make_reviewer(first_name="Rex"), text="Saved by the first.")

    page.get_by_role("button", name="Save and submit for review").click()
    expect(page.get_by_role("heading", name="Both texts")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value("Typed by the second, and this leads to:")
    assert find_barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Save and submit for review").click()

    expect(page.locator(".messagelist .error")).to_contain_text("is saved, but it was not submitted.")
    assert find_barriers(page) == []
    page.locator(".messagelist").get_by_role("link", name="The text ends in a colon").click()
    expect(page.locator("#id_text")).to_be_in_viewport()


def test_what_a_reviewer_asked_for_stands_on_the_page(fact, open_window):
    editor = make_editor()
    edit(fact, by=editor, text="About 1,350 people walked.")
    actions.submit([fact], by=editor)
    actions.request_changes([fact], by=make_reviewer(), comment="Which study?")
    page = sign_in(open_window(), editor)

    page.goto(admin_url(fact))

    expect(page.locator(".item-request")).to_contain_text("Which study?")
