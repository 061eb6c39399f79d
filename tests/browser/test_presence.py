"""Two people at one desk in Chromium: who is looking, who is asked to review, and single keys that never decide."""

import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from editorial import actions
from editorial.models import Presence
from tests.browser.conftest import PATIENCE, find_faults, sign_in
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, publish
from tests.steps import review_of

pytestmark = pytest.mark.django_db(transaction=True)
SAID = "Rita Reviewer has been looking at this since"


@pytest.fixture
def waiting(live_server):
    """Three new facts that wait for review."""
    source = make_citation(title="A long study")
    condition = make_condition(slug="ms", sources=[source])
    publish(source, condition)
    facts = [make_fact(condition, sources=[source], text=f"Some {n} walk.") for n in ("one", "two", "three")]
    actions.submit(facts, by=make_editor())
    return facts


def open_item(page, item):
    page.goto(reverse("desk:item", args=[item.review_id]))


def open_batch(page, items):
    page.goto(reverse("desk:batch") + "?" + "&".join(f"items={item.review_id}" for item in items))


def wait_until(is_so):
    """A word of leave goes out after the page is gone, so nothing on it tells when it has come."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "It did not come to be so."
        time.sleep(0.05)


def list_faults(page, where):
    return [f"{where}: {fault}" for fault in find_faults(page)]


def test_two_reviewers_see_each_other_and_who_leaves_is_gone(waiting, open_window):
    rita = sign_in(open_window(), make_reviewer(first_name="Rita", last_name="Reviewer"))
    ben = sign_in(open_window(viewport={"width": 768, "height": 900}), make_reviewer(first_name="Ben"))

    with rita.expect_response("**/looking/"):  # She says it before Ben comes.
        open_item(rita, waiting[0])
    expect(rita.get_by_text("While this page is open, others see")).to_be_visible()
    expect(rita.get_by_role("button", name="I am looking at this")).to_be_hidden()
    with ben.expect_response("**/looking/"):
        open_batch(ben, waiting)
    # Who came first learns of the second with the next sign, without loading the page anew.
    expect(ben.get_by_text(SAID)).to_have_count(1)
    expect(ben.get_by_role("status").filter(has_text="Others are looking at 1 of these items.")).to_be_visible()
    with rita.expect_response("**/looking/"):
        rita.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(rita.locator("[data-desk-presence]")).to_contain_text("Ben has been looking at this since")
    expect(rita.locator("[data-desk-news]")).to_contain_text("Ben has been looking at this since")

    rita.goto(reverse("desk:queue"))
    wait_until(lambda: not Presence.objects.filter(user__first_name="Rita").exists())
    expect(rita.get_by_text("Ben has been looking at this since")).to_have_count(3)
    ben.reload()
    expect(ben.get_by_text(SAID)).to_have_count(0)


def test_a_sign_goes_out_each_minute_while_the_page_is_seen_and_a_decision_ends_it(waiting, open_window):
    page = open_window()
    page.clock.install()
    sign_in(page, make_reviewer(first_name="Rita"))
    with page.expect_response("**/looking/"):
        open_item(page, waiting[0])
        page.clock.fast_forward(2_000)

    with page.expect_response("**/looking/"):
        page.clock.fast_forward(61_000)
    assert Presence.objects.count() == 1
    page.get_by_role("button", name="Approve").click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert not Presence.objects.exists()


def test_without_script_a_button_says_it_for_an_editor_too(waiting, open_window):
    page = open_window(java_script_enabled=False)
    sign_in(page, make_editor())
    open_item(page, waiting[0])

    page.get_by_role("button", name="I am looking at this").click()

    expect(page.locator("[data-desk-unsaid]")).to_contain_text("Others see that you are looking at this item.")
    assert Presence.objects.count() == 1
    page.get_by_role("button", name="I have done with it").click()
    expect(page.get_by_role("button", name="I am looking at this")).to_be_visible()
    assert not Presence.objects.exists()
    expect(page.get_by_role("button", name="Keys")).to_be_hidden()


def test_keys_move_tick_and_open_in_the_queue(waiting, open_window):
    page = sign_in(open_window(), make_editor())
    page.goto(reverse("desk:queue"))

    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Some one walk.")).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_label("Select Some one walk.")).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Some three walk.")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("o")

    page.wait_for_url(f"**{reverse('desk:item', args=[waiting[1].review_id])}*")
    page.keyboard.press("a")
    expect(page.get_by_text("You cannot approve this item here.")).to_be_visible()


def test_keys_choose_and_never_decide(waiting, open_window):
    page = sign_in(open_window(), make_reviewer())
    open_item(page, waiting[0])

    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Approve")).to_be_focused()
    page.keyboard.press("r")
    comment = page.locator("#decision textarea")
    expect(comment).to_be_focused()
    page.keyboard.type("jar?")
    expect(comment).to_have_value("jar?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert review_of(waiting[0]).status == "in_review"


def test_in_a_batch_they_go_from_item_to_item(waiting, open_window):
    page = sign_in(open_window(), make_reviewer())
    open_batch(page, waiting)
    articles = page.locator("[data-desk-item]")

    page.keyboard.press("a")
    expect(page.get_by_text("Go to an item first, with j or k.")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(articles.nth(1)).to_be_focused()
    expect(articles.nth(1)).to_be_in_viewport()
    page.keyboard.press("Control+k")
    expect(articles.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(articles.nth(0)).to_be_focused()

    page.keyboard.press("a")
    expect(articles.nth(0).get_by_role("radio", name="Approve")).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(articles.nth(1).get_by_role("radio", name="Request changes")).to_be_checked()
    expect(page.locator(f"#own-{waiting[1].review_id}-comment")).to_be_focused()
    page.keyboard.type("axjk")
    expect(page.locator(f"#own-{waiting[1].review_id}-comment")).to_have_value("axjk")
    expect(articles.nth(0).get_by_role("radio", name="Approve")).to_be_checked()
    assert [review_of(item).status for item in waiting] == ["in_review"] * 3


def test_the_help_names_the_keys_gives_the_focus_back_and_switches_them_off_for_good(waiting, open_window):
    page = sign_in(open_window(), make_reviewer())
    page.goto(reverse("desk:queue"))
    page.keyboard.press("j")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys on the desk")
    expect(dialog).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="Some one walk.")).to_be_focused()

    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys work on this device").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="Some one walk.")).not_to_be_focused()
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys work on this device").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Some one walk.")).to_be_focused()


def test_a_reviewer_asks_a_colleague_and_mends_a_date_that_has_passed(waiting, open_window):
    page = sign_in(open_window(), make_reviewer())
    colleague = make_reviewer(first_name="Rita", last_name="Reviewer")
    page.goto(reverse("desk:queue"))
    page.get_by_label("Select Some one walk.").check()
    page.get_by_label("Select Some two walk.").check()
    page.get_by_role("button", name="Assign selected…").click()
    page.get_by_label("Assign to").select_option("Rita Reviewer")
    page.get_by_label("Until").fill("2020-01-31")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.get_by_role("link", name="Until: 31 January 2020 has passed.")).to_be_visible()
    assert list_faults(page, "assign") == []

    page.get_by_label("Until").fill("2040-01-31")
    page.get_by_role("button", name="Assign", exact=True).click()

    expect(page.get_by_text("Assigned to Rita Reviewer, until 31 January 2040: 2 items.")).to_be_visible()
    # They left the list of what waits for the one who assigned them.
    expect(page.get_by_role("link", name="Some one walk.")).to_have_count(0)
    page.goto(reverse("desk:queue") + "?tab=all")
    row = page.get_by_role("row").filter(has_text="Some one walk.")
    expect(row).to_contain_text("Rita Reviewer")
    expect(row).to_contain_text("Due 31 Jan 2040")
    assert review_of(waiting[1]).reviewer == colleague


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [768, 1280])
def test_no_page_has_a_barrier_while_somebody_else_is_looking(waiting, open_window, scheme, width):
    rita = make_reviewer(first_name="Rita", last_name="Reviewer")
    actions.assign(waiting, by=rita, reviewer=rita)
    other = sign_in(open_window(), rita)
    with other.expect_response("**/looking/"):
        open_batch(other, waiting)
    page = sign_in(open_window(viewport={"width": width, "height": 900}, color_scheme=scheme), make_reviewer())

    page.goto(reverse("desk:queue"))
    assert list_faults(page, "queue") == []
    open_item(page, waiting[0])
    expect(page.get_by_text(SAID).first).to_be_visible()
    page.get_by_text("Assign it to a reviewer").click()
    assert list_faults(page, "item") == []
    with page.expect_response("**/looking/"):
        open_batch(page, waiting)
    page.keyboard.press("j")
    assert list_faults(page, "batch") == []
    page.keyboard.press("?")
    assert list_faults(page, "help") == []
