"""The whole way of a change: editor's form → nothing public yet → reviewer's desk → the public page, with its past."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from editorial import actions
from tests.browser.conftest import sign_in
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer
from tests.steps import digests_now

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE, AFTER = "About 1,250 people walked.", "About 1,350 people walked."
LONG_AGO = datetime(2024, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def public(live_server):
    """A public condition with one fact, which was reviewed long before all else on the page."""
    editor, reviewer = make_editor(), make_reviewer(first_name="Rita", last_name="Roe", credentials="MD")
    source = make_citation(title="A long study")
    condition = make_condition(slug="ms", name="Multiple sclerosis", sources=[source])
    fact = make_fact(condition, sources=[source], text=BEFORE, label="Walking", prominence="main")
    items = [source, condition, fact]
    actions.submit(items, by=editor, at=LONG_AGO)
    actions.approve(items, by=reviewer, digests=digests_now(*items), at=LONG_AGO)
    actions.confirm([condition], by=reviewer)
    return {"fact": fact, "editor": editor, "reviewer": reviewer}


def test_a_change_is_public_when_a_reviewer_approved_it_and_not_before(public, open_window):
    reader, editor, reviewer = open_window(), open_window(), open_window()

    reader.goto("/conditions/ms/")
    expect(reader.locator("main")).to_contain_text(BEFORE)
    expect(reader.locator("main")).to_contain_text("Last reviewed: 5 March 2024")

    sign_in(editor, public["editor"])
    editor.goto(f"/admin/conditions/fact/{public['fact'].pk}/change/")
    editor.locator("#id_text").fill(AFTER)
    editor.get_by_role("button", name="Save and submit for review").click()
    editor.locator(".messagelist .success").wait_for()

    reader.reload()
    expect(reader.locator("main")).to_contain_text(BEFORE)
    assert AFTER not in reader.content()

    sign_in(reviewer, public["reviewer"])
    reviewer.goto("/admin/review/")
    reviewer.get_by_role("link", name="Walking", exact=True).click()
    changed = reviewer.locator(".desk-columns .desk-changed")
    expect(changed.locator("del")).to_contain_text("1,250")
    expect(changed.locator("ins")).to_contain_text("1,350")
    expect(reviewer.locator(".desk-sources")).to_contain_text("A long study")
    reviewer.get_by_role("button", name="Approve").click()
    reviewer.locator(".messagelist .success").get_by_role("link", name="Multiple sclerosis", exact=True).click()
    reviewer.wait_for_url("**/conditions/ms/")

    reader.reload()
    today = f"{timezone.now():%-d %B %Y}"
    expect(reader.locator("main")).to_contain_text(AFTER)
    assert BEFORE not in reader.content()
    expect(reader.locator("main")).to_contain_text(f"Last reviewed: {today}")

    reader.goto("/history/condition/ms/")
    reader.get_by_role("link", name="Edition 1", exact=True).press("Enter")
    reader.wait_for_url("**/history/condition/ms/1/")
    expect(reader.locator("main")).to_contain_text(BEFORE)
    expect(reader.locator("main")).not_to_contain_text(AFTER)
