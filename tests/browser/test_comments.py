"""Comments in Chromium: an editor asks a reviewer about a field, who answers and resolves."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from editorial import actions, commenting
from editorial.models import Comment
from tests.admin_forms import admin_url
from tests.browser.conftest import find_faults, sign_in
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, publish
from tests.steps import edit, review_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fact(live_server):
    """A public fact with a change that waits for review."""
    source = make_citation(key="roe-2020", title="A long study")
    condition = make_condition(slug="ms", sources=[source])
    fact = make_fact(condition, sources=[source], text="About 1,250 people walked.")
    publish(source, condition, fact)
    actions.submit([fact], by=edit(fact, text="About 1,350 people walked."))
    return fact


def test_an_editor_asks_about_a_field_and_the_reviewer_answers_and_resolves(fact, open_window):
    url = reverse("desk:item", args=[fact.review_id])
    page = sign_in(open_window(viewport={"width": 768, "height": 900}), make_editor(first_name="Edna"))
    page.goto(url)
    page.get_by_text("Write a comment").click()
    page.get_by_label("About", exact=True).select_option("Text")
    box = page.get_by_label("Comment", exact=True)
    box.fill("@rexx, is it per year?")
    page.get_by_role("button", name="Write the comment").click()
    page.get_by_text("Nobody on the desk is called “@rexx”").wait_for()
    expect(box).to_have_value("@rexx, is it per year?")

    rex = make_reviewer(username="rex", first_name="Rex")
    box.fill("@rex, is it per year?")
    page.get_by_role("button", name="Write the comment").click()
    page.get_by_role("status").get_by_text("Your comment is written.").wait_for()
    assert list(Comment.objects.get().mentioned.all()) == [rex]

    page = sign_in(open_window(viewport={"width": 1280, "height": 900}, color_scheme="dark"), rex)
    page.goto(url)
    decision = page.locator(".desk-decision").get_by_label("Comment")
    decision.fill("Half a decision.")
    page.get_by_text("Answer Edna").click()
    page.get_by_label("Your answer").fill("In all.")
    page.get_by_role("button", name="Send the answer").click()
    page.locator(".desk-answers").get_by_text("In all.").wait_for()
    page.get_by_role("button", name="Resolve the thread of Edna").click()
    page.get_by_role("status").get_by_text("The thread is resolved.").wait_for()
    expect(decision).to_have_value("Half a decision.")
    assert Comment.objects.first().resolved_by == rex
    assert review_of(fact).status == "in_review"


def test_without_a_script_a_comment_is_written_too(fact, open_window):
    page = sign_in(open_window(java_script_enabled=False), make_editor())
    page.goto(reverse("desk:item", args=[fact.review_id]))
    page.get_by_text("Write a comment").click()
    page.get_by_label("Comment", exact=True).first.fill("Is it so?")
    page.get_by_role("button", name="Write the comment").click()

    page.locator(".desk-thread").get_by_text("Is it so?").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [768, 1280])
def test_pages_with_comments_have_no_barrier(fact, open_window, scheme, width):
    editor = make_editor(first_name="Edna")
    values = {"by": editor, "at": timezone.now()}
    thread = commenting.add(fact.review, body="Is it per year? " * 30, field="text", **values)
    commenting.add(fact.review, body=f"Ask @{editor.username}.", thread=thread, **values)
    done = commenting.add(fact.review, body="It is settled.", **values)
    commenting.resolve(done, **values)
    # axe copies elements with their style attributes, which the policy forbids.
    window = open_window(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = sign_in(window, make_reviewer())

    page.goto(reverse("desk:item", args=[fact.review_id]))
    for details in page.locator(".desk-comments details").all():
        details.locator("summary").first.click()
    assert list(find_faults(page)) == []
    page.goto(f"{reverse('desk:batch')}?items={fact.review_id}&items={fact.condition.review_id}")
    assert list(find_faults(page)) == []
    page.goto(admin_url(fact))
    assert list(find_faults(page)) == []
