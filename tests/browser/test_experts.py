"""A reviewer asks an expert, the expert answers in a window without an account, the reviewer reads it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from editorial.models import Consultation
from tests.browser.conftest import find_faults, sign_in
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, publish
from tests.steps import edit, review_of, submit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def changed(live_server, settings):
    """A fact whose change waits for review."""
    settings.STAFF_URL = live_server.url
    source = make_citation(key="roe-2020", title="A long study")
    condition = make_condition(slug="ms", sources=[source])
    fact = make_fact(condition, sources=[source], text="About 1,250 people walked.", note="A PRIVATE NOTE")
    fact.sources.update(locator="p. 12", quote="Of all, 1,250 walked.")
    fact.save()
    publish(source, condition, fact)
    editor = make_editor()
    edit(fact, by=editor, text="About 1,350 people walked.")
    submit(fact, by=editor)
    return fact


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (768, "dark")])
def test_an_expert_is_asked_answers_without_an_account_and_is_read(changed, open_window, width, scheme):
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    desk = open_window(**look)
    sign_in(desk, make_reviewer())
    desk.goto(reverse("desk:item", args=[changed.review_id]))
    desk.get_by_role("link", name="Ask an outside expert").click()
    assert list(find_faults(desk)) == []
    desk.get_by_role("button", name="Make the link").click()
    desk.get_by_role("link", name="Who is asked: Say who is asked.").wait_for()
    assert list(find_faults(desk)) == []
    desk.get_by_label("Who is asked").fill("Dr Outside")
    desk.get_by_label("Your question").fill("Is the number right?")
    desk.get_by_role("button", name="Make the link").click()
    link = desk.get_by_label("The link, valid until").input_value()
    assert list(find_faults(desk)) == []

    phone = open_window(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    phone.goto(link)
    phone.get_by_text("Is the number right?").wait_for()
    expect(phone.locator("main")).to_contain_text("Of all, 1,250 walked.")
    assert "PRIVATE" not in phone.content()
    assert list(find_faults(phone)) == []
    phone.get_by_role("textbox", name="Comment").fill("It is 1,250.")
    phone.get_by_role("button", name="Send the answer").click()
    phone.get_by_role("link", name="Your conflicts of interest: Say what could sway you").wait_for()
    assert list(find_faults(phone)) == []
    phone.get_by_label("I disagree with it").check()
    phone.get_by_label("Your name").fill("Ada Outside")
    phone.get_by_label("Your conflicts of interest").fill("none")
    expect(phone.get_by_role("textbox", name="Comment")).to_have_value("It is 1,250.")
    phone.get_by_role("button", name="Send the answer").click()
    phone.get_by_role("heading", name="Thank you").wait_for()
    assert list(find_faults(phone)) == []
    assert phone.context.cookies() == []

    desk.get_by_role("link", name="Back to the item").click()
    answers = desk.get_by_role("region", name="Outside experts")
    answers.get_by_text("I disagree with it").wait_for()
    expect(answers).to_contain_text("It is 1,250.")
    assert list(find_faults(desk)) == []
    assert review_of(changed).status == "in_review"

    phone.goto(link)
    phone.get_by_role("heading", name="This link is no longer valid").wait_for()
    assert list(find_faults(phone)) == []


def test_a_link_is_revoked_on_the_desk(changed, open_window):
    desk = open_window()
    sign_in(desk, make_editor())
    desk.goto(reverse("desk:consultations", args=[changed.review_id]))
    desk.get_by_label("Who is asked").fill("Dr Outside")
    desk.get_by_role("button", name="Make the link").click()
    link = desk.get_by_label("The link, valid until").input_value()
    desk.goto(reverse("desk:consultations", args=[changed.review_id]))

    desk.get_by_role("button", name="Revoke the link of Dr Outside").click()
    desk.get_by_text("opens nothing any more").wait_for()

    assert Consultation.objects.get().revoked_at is not None
    stranger = open_window()
    assert stranger.goto(link).status == 410
