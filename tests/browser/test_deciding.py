"""Deciding in Chromium: for each item or for all, later, and over a check that was waived; by reviewer and editor."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from conditions.models import Fact
from editorial import actions
from tests.admin_forms import admin_url
from tests.browser.conftest import find_faults, sign_in
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, publish
from tests.steps import edit, review_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(live_server):
    """A changed fact, two new ones, and a draft that a check blocks."""
    source = make_citation(key="roe-2020", title="A long study")
    condition = make_condition(slug="ms", name="Made-up disease", sources=[source])
    changed = make_fact(condition, sources=[source], text="People walked.")
    publish(source, condition, changed)
    editor = make_editor()
    edit(changed, by=editor, text="People strolled.")
    new = [make_fact(condition, sources=[source], text=text) for text in ("One is new.", "Two is new.")]
    actions.submit([changed], by=editor, materiality="editorial")
    actions.submit(new, by=editor)
    blocked = make_fact(condition, sources=[source], text="They come in these forms:")
    return {"changed": changed, "one": new[0], "two": new[1], "blocked": blocked, "editor": editor}


def batch_url(*items):
    return reverse("desk:batch") + "?" + "&".join(f"items={item.review_id}" for item in items)


def find_faults_in_both_themes(page):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        yield from find_faults(page)


def own(page, item):
    return page.locator(f"#own-{item.review_id}")


@pytest.mark.parametrize("width", [768, 1280])
def test_a_reviewer_decides_for_each_item_and_for_all_and_loses_nothing_when_refused(waiting, open_window, width):
    page = open_window(viewport={"width": width, "height": 900})
    sign_in(page, make_reviewer())
    changed, one, two = waiting["changed"], waiting["one"], waiting["two"]
    page.goto(batch_url(changed, one, two))
    expect(own(page, changed).get_by_label("Wording only")).to_be_checked()
    assert list(find_faults_in_both_themes(page)) == []

    own(page, one).get_by_label("Request changes").check()
    with page.expect_response("**/decide/"):
        page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("alert").first).to_contain_text("Say in the comment what should be changed.")
    expect(own(page, one).get_by_label("Request changes")).to_be_checked()
    own(page, one).get_by_label(re.compile("^Comment on")).fill("Which one?")
    edit(Fact.objects.get(pk=two.pk), by=waiting["editor"], text="Two is newer.")
    actions.submit([two], by=waiting["editor"])
    with page.expect_response("**/decide/") as answered:
        page.get_by_role("button", name="Approve").click()
    assert answered.value.status == 409
    expect(page.locator(".desk-since ins")).to_contain_text("newer")
    expect(own(page, one).get_by_label(re.compile("^Comment on"))).to_have_value("Which one?")
    assert list(find_faults_in_both_themes(page)) == []

    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".messagelist")).to_contain_text("Approved: 2 items.")
    assert [review_of(item).status for item in (changed, one, two)] == ["approved", "changes_requested", "approved"]
    assert review_of(changed).approval.materiality == "editorial"


def test_enter_in_a_field_of_an_item_decides_nothing(waiting, open_window):
    page = open_window()
    sign_in(page, make_reviewer())
    page.goto(batch_url(waiting["changed"], waiting["one"]))

    own(page, waiting["one"]).get_by_label("Approve", exact=True).check()
    with page.expect_response("**/decide/") as answered:
        page.keyboard.press("Enter")

    assert answered.value.status == 400
    expect(page.get_by_role("alert").first).to_contain_text("Choose what to do")
    expect(own(page, waiting["one"]).get_by_label("Approve", exact=True)).to_be_checked()
    assert review_of(waiting["one"]).status == "in_review"


@pytest.mark.parametrize("width", [768, 1280])
def test_a_reviewer_waives_a_check_and_approves_for_later_and_the_editor_sees_it(waiting, open_window, width):
    reviewer, blocked = make_reviewer(first_name="Rea", last_name="Viewer"), waiting["blocked"]
    page = open_window(viewport={"width": width, "height": 900})
    sign_in(page, reviewer)
    page.goto(reverse("desk:item", args=[blocked.review_id]))
    page.locator("summary", has_text="Waive a check").click()
    page.get_by_label("Why it does not count").fill("The list follows.")
    assert list(find_faults(page)) == []
    page.get_by_role("button", name="Waive").click()
    expect(page.locator(".desk-issue-waived")).to_contain_text("Waived by Rea Viewer")
    page.goto(reverse("desk:waivers"))
    assert list(find_faults_in_both_themes(page)) == []

    actions.submit([blocked], by=waiting["editor"])
    page.goto(reverse("desk:item", args=[blocked.review_id]))
    page.get_by_label("At this time").check()
    moment = timezone.now() + timedelta(days=3)
    page.get_by_label("Day and time, in UTC").fill(f"{moment:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".messagelist")).to_contain_text("Approved, to become public on")
    page.goto(reverse("desk:item", args=[blocked.review_id]))
    expect(page.get_by_role("button", name="Cancel the schedule")).to_be_visible()
    assert list(find_faults_in_both_themes(page)) == []

    desk = open_window(viewport={"width": width, "height": 900}, bypass_csp=True)
    sign_in(desk, waiting["editor"])
    desk.goto(admin_url(blocked))
    expect(desk.locator(".item-panel")).to_contain_text("Approved for later by Rea Viewer")
    expect(desk.locator(".item-panel")).to_contain_text("Waived by Rea Viewer because: The list follows.")
    desk.goto(admin_url(waiting["changed"]))
    expect(desk.get_by_role("group", name="What does the change touch?")).to_be_visible()
    assert list(find_faults_in_both_themes(desk)) == []
