"""The history of an item and where it is used, in Chromium."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from editorial import actions, commenting
from tests.admin_forms import admin_url
from tests.browser.conftest import find_faults, sign_in
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_reviewer,
    make_term,
    publish,
)
from tests.steps import edit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fact(live_server):
    """A public fact on which a comparison rests, with two saved versions, a decision and a comment."""
    source = make_citation(key="roe-2020", title="A long study")
    ms, als = make_condition(slug="ms", sources=[source]), make_condition(slug="als", sources=[source])
    fact = make_fact(ms, sources=[source], text="About 1,250 people walked.")
    comparison = make_comparison(ms, als, title="MS and ALS")
    comparison.sections.create(heading="Walking", position=0).rests_on.add(fact)
    comparison.save()
    edit(fact, text="About 1,250 people walked.")
    publish(source, ms, als, fact, comparison)
    actions.submit([fact], by=edit(fact, text="About 1,350 people walked."))
    values = {"by": make_editor(first_name="Edna"), "at": timezone.now()}
    commenting.add(fact.review, body="Per year?", field="text", **values)
    return fact


def test_a_reviewer_compares_two_versions_and_an_editor_restores_one(fact, open_window):
    page = sign_in(open_window(viewport={"width": 768, "height": 900}), make_reviewer())
    page.goto(reverse("desk:item", args=[fact.review_id]))
    page.get_by_role("link", name="Its history").click()
    page.get_by_role("link", name="Comments", exact=True).click()
    page.get_by_text("Per year?").wait_for()
    expect(page.locator(".timeline-entry")).to_have_count(1)

    page.get_by_role("link", name="Versions", exact=True).click()
    page.get_by_label("From the version of").last.check()
    page.get_by_label("To the version of").first.check()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".changes del")).to_contain_text("1,250")
    expect(page.locator(".changes ins")).to_contain_text("1,350")

    page = sign_in(open_window(), make_editor())
    page.goto(f"{admin_url(fact, 'compare')}?from=live")
    page.get_by_label("To", exact=True).select_option(index=2)
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("They do not differ.").wait_for()
    page.get_by_role("button", name="Restore this version as a draft").click()
    page.get_by_text("What readers see did not change.").wait_for()
    fact.refresh_from_db()
    assert fact.text == "About 1,250 people walked."


def test_an_editor_finds_what_rests_on_a_fact_and_where_a_word_still_stands(fact, open_window):
    term = make_term(preferred="stroll", avoid=[{"text": "walked", "reason": "Say stroll."}])
    page = sign_in(open_window(), make_editor())
    page.goto(admin_url(fact))
    page.get_by_role("link", name="Where it is used").click()
    row = page.get_by_role("row", name="MS and ALS")
    expect(row).to_contain_text("Section “Walking”: rests on")
    row.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/comparison/.*/change/$"))

    page.goto(admin_url(term, "used"))
    expect(page.get_by_role("row", name="About 1,350 people walked.")).to_contain_text("to avoid")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [768, 1280])
def test_history_comparison_and_uses_have_no_barrier(fact, open_window, scheme, width):
    term = make_term(preferred="stroll", avoid=[{"text": "walked", "reason": "Say stroll."}])
    # axe copies elements with their style attributes, which the policy forbids.
    page = open_window(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    sign_in(page, make_editor())

    page.goto(admin_url(fact, "history"))
    page.evaluate("document.querySelectorAll('#content details').forEach((details) => { details.open = true })")
    assert list(find_faults(page)) == []
    page.get_by_role("button", name="Compare").click()
    page.locator(".changes").wait_for()
    assert list(find_faults(page)) == []
    for item in (fact, term):
        page.goto(admin_url(item, "used"))
        assert list(find_faults(page)) == []
