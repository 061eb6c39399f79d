"""Signing a statement of interests, and what the rule says of a change, in Chromium."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from editorial import actions
from editorial.models import User
from tests.browser.conftest import find_faults, sign_in
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, publish
from tests.steps import edit, review_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def changes(live_server):
    """Two changed facts that wait for review: one of wording only, one with another number."""
    source = make_citation(key="roe-2020")
    condition = make_condition(slug="wobble", sources=[source])
    facts = [make_fact(condition, sources=[source], text=f"In {n} of them, legs feel heavy.") for n in (20, 30)]
    publish(source, condition, *facts)
    editor = make_editor()
    edit(facts[0], by=editor, text="In 20 of them, legs feel leaden.")
    edit(facts[1], by=editor, text="In 40 of them, legs feel heavy.")
    actions.submit(facts, by=editor)
    return facts


def press_approve(page):
    with page.expect_response("**/decide/") as answered:
        page.get_by_role("button", name="Approve").click()
    return answered.value.status


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_a_refused_approval_leads_to_the_statement_and_back(changes, open_window, scheme, width):
    reviewer = make_reviewer(interests="", interests_declared_on=None, credentials="MD")
    page = open_window(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, reviewer)
    page.goto(reverse("desk:item", args=[changes[1].review_id]))
    expect(page.get_by_text("Medical content, by rule.")).to_be_visible()
    expect(page.get_by_text("Text: the number “30” became “40”.")).to_be_visible()
    assert press_approve(page) == 400
    page.get_by_text("Sign it in your profile, then decide again.").first.wait_for()
    assert list(find_faults(page)) == []

    page.locator("#decision").get_by_role("link", name="Sign it in your profile").click()
    page.get_by_role("heading", name="Statement of interests").wait_for()
    assert list(find_faults(page)) == []
    page.get_by_label("Your statement of interests").fill("None at all.")
    page.get_by_label("I sign this statement").check()
    page.get_by_role("button", name="Sign the statement").click()

    page.wait_for_url(f"**/admin/review/{changes[1].review_id}/")
    expect(page.locator(".messagelist .success")).to_contain_text("Signed. Your statement counts until")
    with page.expect_navigation():
        page.get_by_role("button", name="Approve").click()
    assert review_of(changes[1]).approval.actor_interests == "None at all."


def test_a_number_is_never_wording_only_and_mended_words_may_be(changes, open_window):
    page = open_window(viewport={"width": 1280, "height": 900})
    sign_in(page, make_reviewer())
    page.goto(reverse("desk:item", args=[changes[1].review_id]))
    expect(page.get_by_text("Text: the number “30” became “40”.")).to_be_visible()
    expect(page.get_by_label("Wording only")).to_have_count(0)

    page.goto(reverse("desk:item", args=[changes[0].review_id]))
    expect(page.get_by_text("so it may be wording only")).to_be_visible()
    page.get_by_label("Wording only").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Approve").click()
    assert review_of(changes[0]).approval.materiality == "editorial"


# axe copies elements of the form with their style attributes, which the policy forbids.
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [768, 1280])
def test_an_editor_sees_beside_the_form_what_the_change_is_by_rule(changes, open_window, scheme, width):
    page = open_window(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    sign_in(page, User.objects.get(username=review_of(changes[1]).submitted_by.username))

    page.goto(reverse("admin:conditions_fact_change", args=[changes[1].pk]))

    panel = page.locator(".item-panel")
    expect(panel.get_by_role("heading", name="By rule this changes medical content")).to_be_visible()
    expect(panel.get_by_text("Text: the number “30” became “40”.")).to_be_visible()
    assert list(find_faults(page)) == []
    page.locator("#user-tools").get_by_role("link", name="Your profile").click()
    page.get_by_text("Your account does not decide, so you need none.").wait_for()
    assert list(find_faults(page)) == []
