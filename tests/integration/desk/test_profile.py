"""The profile: what is known of a person, and the statement that only this person signs."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial import statements
from editorial.models import Decision, User
from tests.factories import make_administrator, make_editor, make_reviewer, make_user, publish
from tests.integration.desk.conftest import decide, fresh, sign_in, submit_change
from tests.public_routes import list_public_urls
from tests.rich_content import build_rich_site
from tests.steps import edit

PROFILE = "/admin/review/profile/"
SIGNATURE = {"text": "Shares of a maker of drums.", "is_signed": "on"}


def parse(response):
    return BeautifulSoup(response.content, "html.parser")


def days_ago(days):
    return timezone.now().date() - timedelta(days=days)


@pytest.fixture
def unsigned(db):
    return make_reviewer(interests="", interests_declared_on=None)


@pytest.fixture
def change(site):
    return submit_change(site.fact, by=site.editor, text="Many walked.")


def test_it_shows_what_readers_see_and_whom_to_ask(db):
    make_administrator(first_name="Ada", last_name="Admin")
    person = make_reviewer(first_name="Rita", last_name="Roe", credentials="MD", specialty="Gaits")

    page = parse(sign_in(person).get(PROFILE)).select_one("main")

    assert page.h2.text == "Rita Roe"
    assert [entry.text for entry in page.select("dd")][2:] == ["MD", "Gaits"]
    assert "ask Ada Admin." in page.text
    assert not page.select("input[name=credentials], input[name=specialty]")


def test_a_person_signs_in_their_own_words(unsigned):
    response = sign_in(unsigned).post(PROFILE, SIGNATURE, follow=True)

    unsigned.refresh_from_db()
    assert response.redirect_chain == [(PROFILE, 302)]
    assert parse(response).select_one(".messagelist .success").text.startswith("Signed. Your statement counts until")
    assert (unsigned.interests, unsigned.interests_declared_on) == (SIGNATURE["text"], timezone.now().date())


@pytest.mark.parametrize(
    ("missing", "field", "sentence"),
    [
        ({"text": " "}, "text", "If you have no interests to declare, say so."),
        ({"text": "x" * 5001}, "text", "at most 5000 characters"),
        ({"text": "a\0b"}, "text", "Null characters are not allowed"),
        ({"is_signed": ""}, "is_signed", "Tick this to sign the statement."),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_is_kept(unsigned, missing, field, sentence):
    response = sign_in(unsigned).post(PROFILE, {**SIGNATURE, **missing})

    page = parse(response)
    unsigned.refresh_from_db()
    assert response.status_code == 400
    assert sentence in page.select_one(f".error-summary a[href='#id_{field}']").text
    assert page.select_one("textarea").text.strip() == {**SIGNATURE, **missing}["text"].strip()
    assert unsigned.interests_declared_on is None


def test_opening_the_page_signs_nothing(unsigned):
    sign_in(unsigned).get(PROFILE, SIGNATURE)

    unsigned.refresh_from_db()
    assert unsigned.interests == ""


def test_nobody_signs_for_somebody_else(unsigned):
    other = make_reviewer(interests="", interests_declared_on=None)

    sign_in(unsigned).post(PROFILE, {**SIGNATURE, "user": other.pk, "id": other.pk, "username": other.username})

    other.refresh_from_db()
    assert other.interests == ""


def test_a_signature_sent_from_another_site_is_refused(unsigned):
    client = Client(enforce_csrf_checks=True)
    client.force_login(unsigned)

    assert client.post(PROFILE, SIGNATURE).status_code == 403
    unsigned.refresh_from_db()
    assert unsigned.interests == ""


def test_hostile_words_are_shown_as_words(unsigned):
    statements.sign(unsigned, text="<script>alert(1)</script>", at=timezone.now())
    User.objects.filter(pk=unsigned.pk).update(credentials="<b>MD</b>", last_name="<img src=x>")

    page = parse(sign_in(unsigned).get(PROFILE)).select_one("main")

    assert not page.select("script, b, img")
    assert page.select_one("textarea").text.strip() == "<script>alert(1)</script>"


def test_every_page_of_the_desk_reminds_who_decides_and_has_no_statement(site, unsigned):
    client, signed = sign_in(unsigned), sign_in(make_reviewer())
    address = reverse("desk:queue")

    notices = [notice.text for notice in parse(client.get(address)).select(".desk-notice")]

    assert any("You have not signed a statement of interests." in text for text in notices)
    assert "statement of interests" not in signed.get(address).text
    assert "statement of interests" not in sign_in(make_editor()).get(address).text


def test_the_reminder_takes_no_query(unsigned, django_assert_num_queries):
    unsigned.has_perm("editorial.decide_item")  # What the desk asks of everybody who enters.

    with django_assert_num_queries(0):
        assert statements.find_reminder(unsigned, on=timezone.now().date())


def test_a_refused_approval_leads_to_the_profile_and_back(change, unsigned):
    client = sign_in(unsigned)
    refused = decide(client, change, back="tab=waiting&kind=fact")
    link = parse(refused).select_one(".desk-notice a[href*=profile]")["href"]

    page = parse(client.get(link))
    hidden = {field["name"]: field["value"] for field in page.select("main form input[type=hidden]")}
    response = client.post(PROFILE, {**SIGNATURE, **hidden})
    decide(client, change)

    assert refused.status_code == 400
    assert "Sign it in your profile, then decide again." in refused.text
    assert response["Location"] == f"/admin/review/{change.review_id}/?back=tab%3Dwaiting%26kind%3Dfact"
    assert fresh(change).review.status == "approved"


def test_the_way_back_leads_nowhere_but_to_the_desk(unsigned):
    client = sign_in(unsigned)

    for values in ({"items": "//evil.example"}, {"back": "//evil.example"}, {"next": "//evil.example"}):
        assert client.post(PROFILE, {**SIGNATURE, **values})["Location"] == PROFILE
        assert "evil" not in client.get(PROFILE, values).text


def test_a_certificate_keeps_the_statement_with_which_it_was_signed(change, unsigned):
    statements.sign(unsigned, text="None.", at=timezone.now() - timedelta(days=100))
    client = sign_in(unsigned)
    decide(client, change)
    before = Decision.objects.filter(actor=unsigned).values().get()

    client.post(PROFILE, SIGNATURE)
    listed = parse(client.get(PROFILE)).select_one(".desk-grounds").text

    assert Decision.objects.filter(actor=unsigned).values().get() == before
    assert (before["actor_interests"], before["actor_interests_declared_on"]) == ("None.", days_ago(100))
    assert "1 decision: None." in listed


def test_public_pages_are_drawn_from_certificates_only(db):
    """Who was somebody else on the day of the approval stays that on the page."""
    reviewer = make_reviewer(first_name="Rita", last_name="Roe", credentials="MD", specialty="Gaits")
    site = build_rich_site()
    edit(site.stiffness, definition="Legs feel heavy, they say.")
    publish(site.stiffness, reviewer=reviewer)
    reader = Client()
    before = {url: reader.get(url).content for url in list_public_urls()}
    assert any("Rita Roe, MD" in content.decode() for content in before.values() if b"html" in content[:40])

    User.objects.filter(pk=reviewer.pk).update(
        first_name="Dora", last_name="Doe", credentials="PhD", specialty="Hats", is_demonstration=True
    )
    statements.sign(User.objects.get(pk=reviewer.pk), text="All kinds of interests.", at=timezone.now())

    assert {url: reader.get(url).content for url in before} == before


def user_url(user, page="change"):
    return reverse(f"admin:editorial_user_{page}", args=[user.pk])


def test_an_administrator_reads_a_statement_and_cannot_sign_it(unsigned, administrator):
    client = sign_in(administrator)
    page = parse(client.get(user_url(unsigned)))
    data = {"username": unsigned.username, "interests": "None.", "interests_declared_on": "2026-01-01"}

    response = client.post(user_url(unsigned), {**data, "credentials": "MD", "is_active": "on", "is_staff": "on"})

    unsigned.refresh_from_db()
    assert response.status_code == 302
    assert not page.select("[name=interests], [name^=interests_declared_on]")
    assert (unsigned.credentials, unsigned.interests, unsigned.interests_declared_on) == ("MD", "", None)


def test_the_list_of_people_says_and_filters_how_statements_stand(administrator):
    people = {
        "valid": make_reviewer(),
        "expired": make_reviewer(interests_declared_on=days_ago(400)),
        "none": make_reviewer(interests="", interests_declared_on=None),
    }
    client = sign_in(administrator)

    for standing, person in people.items():
        page = parse(client.get(reverse("admin:editorial_user_changelist"), {"statement": standing}))
        shown = {row.select_one(".field-username").text: row for row in page.select("#result_list tbody tr")}
        others = {other.username for other in people.values()} - {person.username}
        assert standing in shown[person.username].select_one(".field-shown_statement").text.lower()
        assert not others & shown.keys()
    everybody = client.get(reverse("admin:editorial_user_changelist"), {"statement": "nonsense"})
    assert everybody.status_code in (200, 302)


@pytest.mark.parametrize(("make", "is_linked"), [(make_reviewer, True), (make_editor, True), (make_user, False)])
def test_the_admin_links_to_the_profile_of_who_may_see_the_desk(db, make, is_linked):
    page = parse(sign_in(make()).get("/admin/"))

    assert bool(page.select_one(f"#user-tools a[href='{PROFILE}']")) is is_linked
