"""A morning of an editor and of a reviewer: the front page, the lists, saved lists, and the inbox of reports."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from comparisons.models import Report
from editorial import actions
from editorial.models import Review, SavedList
from tests.browser.conftest import find_faults, sign_in
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_report, make_reviewer, publish
from tests.steps import edit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def morning(live_server):
    """Something in most lists, for an editor and a reviewer."""
    source, today = make_citation(key="roe-2020", title="A long study"), timezone.now().date()
    condition = make_condition(slug="made-up", name="Made-up disease", sources=[source])
    facts = [make_fact(condition, sources=[source], text=f"People number {n} walked.") for n in range(12)]
    publish(source, condition, *facts)
    editor, reviewer = make_editor(first_name="Edna"), make_reviewer(first_name="Rita")
    for fact in facts[:9]:
        edit(fact, by=editor, text=fact.text.replace("walked", "walked far"))
    actions.submit(facts[:8], by=editor)
    actions.assign(facts[:1], by=reviewer, reviewer=reviewer, due_on=today + timedelta(days=2))
    actions.assign(facts[1:2], by=reviewer, reviewer=reviewer, due_on=today + timedelta(days=2))
    Review.objects.filter(pk=facts[1].review_id).update(due_on=today - timedelta(days=2))
    actions.request_changes(facts[7:8], by=reviewer, comment="How far, and in which country?")
    actions.retire(facts[9:10], by=make_reviewer(), reason="It was wrong.")
    Review.objects.filter(pk=facts[10].review_id).update(review_by=today - timedelta(days=9))
    SavedList.objects.create(user=reviewer, name="All facts", query="tab=all&kind=fact")
    make_report(fact=facts[11], text="This seems to be about children only.")
    return {"facts": facts, "editor": editor, "reviewer": reviewer}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_of_the_day_keeps_somebody_out(morning, open_window, scheme, width):
    page = open_window(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    sign_in(page, morning["reviewer"])
    assert list(find_faults(page)) == []

    page.goto(reverse("desk:queue") + "?condition=made-up")
    for details in page.locator(".desk-lists details").all():
        details.locator("summary").click()
    page.get_by_label("Name of the list").fill("All facts")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".desk-save").get_by_role("link", name="Choose another name.").wait_for()
    assert list(find_faults(page)) == []
    if width > 320:  # Django's own lists and forms are as they are on a phone.
        page.goto(reverse("admin:comparisons_report_changelist"))
        assert list(find_faults(page)) == []
        page.goto(reverse("admin:comparisons_report_change", args=[Report.objects.get().pk]))
        assert list(find_faults(page)) == []


@pytest.mark.parametrize("width", [768, 1280])
def test_a_reviewer_goes_from_the_front_page_to_a_batch_and_saves_a_list(morning, open_window, width):
    page = open_window(viewport={"width": width, "height": 900})
    sign_in(page, morning["reviewer"])
    page.get_by_text("Was due").wait_for()

    page.get_by_role("link", name="7 Waiting for my review").click()
    expect(page.locator(".desk-queue tbody tr")).to_have_count(7)
    page.get_by_label("Assigned to").select_option(label="Rita")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator(".desk-queue tbody tr")).to_have_count(2)

    page.get_by_text("Save this list", exact=True).click()
    page.get_by_label("Name of the list").fill("For Rita")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved as “For Rita”.").wait_for()
    page.goto("/admin/")
    page.get_by_role("link", name="For Rita").click()
    expect(page.locator(".desk-queue tbody tr")).to_have_count(2)
    page.get_by_role("button", name="Remove the saved list For Rita").click()
    page.get_by_text("“For Rita” is no longer among your saved lists.").wait_for()

    page.get_by_role("link", name="Remove the filters").click()
    page.get_by_role("link", name="All 7 of this submission").click()
    expect(page.locator("article")).to_have_count(7)


@pytest.mark.parametrize("width", [768, 1280])
def test_an_editor_finds_what_was_sent_back_and_answers_a_reader(morning, open_window, width):
    page = open_window(viewport={"width": width, "height": 900})
    sign_in(page, morning["editor"])

    page.get_by_text("How far, and in which country?").wait_for()
    page.locator(".my-day-list").get_by_role("link", name="People number 7 walked far.").click()
    page.wait_for_url("**/fact/*/change/")
    page.goto("/admin/")
    page.get_by_role("link", name="1 Reports from readers").click()
    page.get_by_role("link", name="This seems to be about children only.").click()
    page.get_by_label("Status").select_option(value="unchanged")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Say what became of it").wait_for()
    page.get_by_label("Answer").fill("The fact says now whom it is about.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success").wait_for()
    page.goto("/admin/")
    # In the lists of what there is only.
    expect(page.get_by_role("link", name="Reports from readers")).to_have_count(2)

    report = Report.objects.get()
    assert (report.status, report.answered_by) == ("unchanged", morning["editor"])
