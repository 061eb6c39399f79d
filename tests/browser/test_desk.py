"""The desk in Chromium: nothing that keeps somebody out, in both themes and widths; and how it is worked with."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from editorial import actions
from tests.browser.conftest import find_barriers, sign_in
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_reviewer,
    publish,
)
from tests.steps import edit, review_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(live_server):
    """What waits for review: a changed fact, a new one with checks that fail, a comparison; and a retired fact."""
    source = make_citation(key="roe-2020", title="A long study")
    ms, als = make_condition(slug="ms", sources=[source]), make_condition(slug="als", sources=[source])
    changed = make_fact(ms, sources=[source], text="About 1,250 people walked.", note="Ask Dr Roe.")
    retired = make_fact(als, sources=[source], text="It is rare.")
    comparison = make_comparison(ms, als, title="MS and ALS")
    publish(source, ms, als, changed, retired, comparison)
    editor = make_editor()
    edit(changed, by=editor, text="About 1,350 people walked.")
    edit(comparison, by=editor, answer="They differ much. [@roe-2020]")
    new = make_fact(ms, sources=[make_citation()], text="A new one.")
    actions.submit([changed, comparison, new], by=editor)
    actions.retire([retired], by=make_reviewer(), reason="It is wrong.")
    return {"changed": changed, "comparison": comparison, "new": new, "retired": retired, "editor": editor}


def open_batch(page, items):
    page.goto(reverse("desk:batch") + "?" + "&".join(f"items={item.review_id}" for item in items))


def assert_fits(page):
    """No barrier, and no scrolling sideways."""
    assert find_barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [768, 1280])
def test_no_page_of_the_desk_has_a_barrier(waiting, open_window, scheme, width):
    page = open_window(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, make_reviewer())

    for tab in ("waiting", "second", "recheck", "all&kind=nonsense"):
        page.goto(f"{reverse('desk:queue')}?tab={tab}")
        assert_fits(page)
    page.goto(reverse("desk:item", args=[waiting["retired"].review_id]))
    assert_fits(page)
    open_batch(page, [waiting["changed"], waiting["new"], waiting["comparison"]])
    for details in page.locator("details").all():
        details.locator("summary").click()
    assert_fits(page)
    page.get_by_role("button", name="Request changes").click()
    page.get_by_role("link", name="Comment: Say in the comment").wait_for()
    assert_fits(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [768, 1280])
def test_a_conflict_keeps_the_comment_and_has_no_barrier(waiting, open_window, scheme, width):
    page = open_window(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, make_reviewer())
    page.goto(reverse("desk:item", args=[waiting["changed"].review_id]))
    page.locator("#id_comment").fill("Looks right.")
    edit(waiting["changed"], by=waiting["editor"], text="Nobody walked.")
    actions.submit([waiting["changed"]], by=waiting["editor"])

    with page.expect_response("**/decide/") as answered:
        page.get_by_role("button", name="Approve").click()

    assert answered.value.status == 409
    page.get_by_role("alert").get_by_text("It has changed since it was shown to you.").wait_for()
    expect(page.locator("#id_comment")).to_have_value("Looks right.")
    expect(page.locator(".desk-rows").first).to_contain_text("Nobody")
    assert_fits(page)


def test_several_items_are_ticked_read_and_approved_together(waiting, open_window):
    page = open_window()
    sign_in(page, make_reviewer())
    page.goto(reverse("desk:queue"))

    page.get_by_label("Select About 1,350 people walked.").check()
    page.get_by_label("Select MS and ALS").check()
    page.get_by_role("button", name="Review selected together").click()
    expect(page.locator("article")).to_have_count(2)
    page.get_by_role("button", name="Approve").click()

    message = page.locator(".messagelist .success")
    expect(message).to_contain_text(re.compile("^Approved: 2 items."))
    expect(message.get_by_role("link", name="Ms", exact=True)).to_have_attribute("href", "/conditions/ms/")
    expect(page.locator("tbody tr")).to_have_count(1)


def test_enter_in_a_field_decides_nothing(waiting, open_window):
    page = open_window()
    sign_in(page, make_reviewer())
    page.goto(reverse("desk:item", args=[waiting["changed"].review_id]))

    page.get_by_label("At this time").check()
    with page.expect_response("**/decide/") as answered:
        page.keyboard.press("Enter")

    assert answered.value.status == 400
    page.get_by_text("Choose what to do").wait_for()
    expect(page.get_by_label("At this time")).to_be_checked()
    assert review_of(waiting["changed"]).status == "in_review"
