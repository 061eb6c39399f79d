"""Asking an outside expert: the desk's side, and the page behind the link."""

import io
import logging
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from editorial import actions, consulting
from editorial.consulting import Answer
from editorial.models import Comment, Consultation, Decision
from sclerosis_site.logs import HideSecrets
from tests.factories import make_administrator, make_editor, make_reviewer
from tests.integration.desk.conftest import decide, edit, fresh, sign_in, submit_change
from tests.steps import digests_now, review_of

GONE = "This link is no longer valid"
SAID = {
    "opinion": "disagree",
    "comment": "The number is too high.",
    "name": "Ada Outside",
    "credentials": "MD, neurology",
    "interests": "none",
}
BAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7|add:7 }}"


@pytest.fixture
def changed(site):
    """A fact whose change waits for review, with private words around it."""
    site.fact.note = "PRIVATE NOTE"
    item = submit_change(site.fact, by=site.editor, text="About 1,350 people walked.", note="PRIVATE NOTE")
    at = timezone.now()
    Comment.objects.create(review=item.review, author=site.editor, body="PRIVATE COMMENT", at=at)
    return item


def ask(item, *, by=None, days=14, at=None, question="Is the number right?"):
    by = by or make_reviewer()
    at = at or timezone.now()
    return consulting.ask(review_of(item), by=by, invited="Dr Outside", question=question, days=days, at=at)


def page_of(secret: str) -> str:
    return reverse("expert", args=[secret])


def send(secret: str, digest: str, **values):
    return Client().post(page_of(secret), {**SAID, "digest": digest, **values})


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def assert_gone(secret: str, *, status: int = 410) -> None:
    response = Client().get(page_of(secret))
    assert response.status_code == status
    assert GONE in soup(response).text
    assert "walked" not in response.content.decode()
    assert "ms-walk" not in response.content.decode()


# What the expert reads


def test_the_page_shows_the_submitted_text_what_changed_and_its_sources(changed):
    _, secret = ask(changed)

    page = soup(Client().get(page_of(secret)))

    text = " ".join(page.text.split())
    assert "1,350" in page.select_one(".expert-rows ins").text
    assert "1,250" in page.select_one(".expert-rows del").text
    assert "A long study" in text
    assert "p. 12" in text
    assert "Of all, 1,250 walked." in text
    assert "Is the number right?" in text


def test_the_page_tells_nothing_of_the_staff_nor_what_they_said(changed, site):
    asker = make_reviewer(first_name="Askia", last_name="Namesworth", credentials="CREDENTIALWORD")
    _, secret = ask(changed, by=asker)

    html = Client().get(page_of(secret)).content.decode()

    for word in ("PRIVATE", "Edna", "Askia", "Namesworth", asker.username, "CREDENTIALWORD", "/admin/"):
        assert word not in html


def test_the_page_uses_no_cookie_is_kept_nowhere_and_passes_its_address_on_to_nobody(changed):
    consultation, secret = ask(changed)
    browser = Client(enforce_csrf_checks=True)

    answers = [
        browser.get(page_of(secret)),
        browser.post(page_of(secret), {"digest": consultation.digest}),
        browser.put(page_of(secret)),
        browser.post(page_of(secret), {**SAID, "digest": consultation.digest}),
        browser.get(page_of(secret)),
        browser.get(page_of("unknown")),
    ]

    assert [response.status_code for response in answers] == [200, 400, 405, 200, 410, 404]
    for response in answers:
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert "Cookie" not in response.get("Vary", "")
        assert secret not in response.content.decode()


def test_reading_and_answering_costs_few_queries(changed, django_assert_max_num_queries):
    consultation, secret = ask(changed)

    with django_assert_max_num_queries(9):
        Client().get(page_of(secret))
    with django_assert_max_num_queries(14):
        send(secret, consultation.digest)


# What the expert answers


def test_an_answer_is_stored_once_and_decides_nothing(changed):
    consultation, secret = ask(changed)
    before = (list(Decision.objects.values_list("pk", flat=True)), fresh(changed).review.status)

    assert "Thank you" in soup(send(secret, consultation.digest)).text

    consultation.refresh_from_db()
    assert {name: getattr(consultation, name) for name in SAID} == SAID
    assert (list(Decision.objects.values_list("pk", flat=True)), fresh(changed).review.status) == before
    assert send(secret, consultation.digest, name="Somebody else").status_code == 410
    consultation.refresh_from_db()
    assert consultation.name == "Ada Outside"
    assert_gone(secret)


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"opinion": ""}, "Choose one."),
        ({"opinion": "approve"}, "Choose one of these."),
        ({"name": " "}, "The editors must know who answered."),
        ({"interests": ""}, "Say what could sway you, or write “none”."),
        ({"comment": ""}, "Say in a few words what you mean."),
        ({"comment": "x" * 10_001}, "at most 10000 characters"),
        ({"comment": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_the_rest_is_kept(changed, missing, sentence):
    consultation, secret = ask(changed)

    response = send(secret, consultation.digest, credentials="KEPT WORDS", **missing)

    assert response.status_code == 400
    page = soup(response)
    (name,) = missing
    assert sentence in page.find(id=f"id_{name}_error").text
    assert page.find("input", {"name": "credentials"})["value"] == "KEPT WORDS"
    consultation.refresh_from_db()
    assert consultation.answered_at is None


def test_an_answer_to_another_text_than_the_one_on_the_screen_is_refused(changed):
    _, secret = ask(changed)

    assert send(secret, "another").status_code == 410
    assert not Consultation.objects.filter(answered_at__isnull=False).exists()


def test_the_answer_of_a_void_link_is_refused_also_when_the_page_was_open(changed, site):
    consultation, secret = ask(changed)
    edit(changed, by=site.editor, text="Nobody walked.")

    assert send(secret, consultation.digest).status_code == 410
    consultation.refresh_from_db()
    assert consultation.answered_at is None


# When a link ends


def test_an_unknown_link_answers_like_one_that_has_ended(db):
    assert_gone("A" * 43, status=404)
    assert_gone("ü<b>", status=404)


def test_a_link_ends_when_the_item_changes(changed, site):
    _, secret = ask(changed)

    edit(changed, by=site.editor, text="Nobody walked.")

    assert_gone(secret)


def test_a_link_ends_when_the_text_changes_around_the_workflow(changed):
    _, secret = ask(changed)

    type(changed).objects.filter(pk=changed.pk).update(text="Nobody walked.")

    assert_gone(secret)


def test_a_link_ends_when_the_item_is_approved(changed):
    _, secret = ask(changed)

    actions.approve([changed], by=make_reviewer(), digests=digests_now(changed))

    assert_gone(secret)


def test_a_link_ends_when_the_item_is_approved_for_later(changed):
    _, secret = ask(changed)
    later = timezone.now() + timedelta(days=2)

    actions.approve([changed], by=make_reviewer(), digests=digests_now(changed), publish_at=later)

    assert_gone(secret)


def test_a_link_ends_when_the_item_is_retired(changed):
    _, secret = ask(changed)

    actions.retire([changed], by=make_reviewer(), reason="It is wrong.")

    assert_gone(secret)


def test_a_link_ends_when_the_item_is_sent_back_and_stays_so_when_it_is_submitted_unchanged(changed, site):
    _, secret = ask(changed)

    actions.request_changes([changed], by=make_reviewer(), comment="Why?")
    assert_gone(secret)
    actions.submit([changed], by=site.editor)

    assert_gone(secret)


def test_a_link_ends_when_its_days_are_over(changed):
    _, secret = ask(changed, days=1, at=timezone.now() + timedelta(milliseconds=1))
    Consultation.objects.update(expires_at=timezone.now())

    assert_gone(secret)


def test_a_link_ends_when_it_is_revoked(changed):
    reviewer = make_reviewer()
    consultation, secret = ask(changed, by=reviewer)

    client = sign_in(reviewer)
    response = client.post(reverse("desk:consultation-revoke", args=[changed.review_id, consultation.pk]), follow=True)

    assert "Revoked: the link of Dr Outside" in soup(response).text
    assert_gone(secret)


# Asking


def ask_on_the_desk(client, item, **values):
    data = {"invited": "Dr Outside", "question": "Right?", "days": "14", **values}
    return client.post(reverse("desk:consultation-ask", args=[item.review_id]), data)


@pytest.mark.parametrize("make", [make_editor, make_reviewer])
def test_the_link_is_shown_once_to_who_may_submit_or_decide(changed, make):
    client = sign_in(make())

    response = ask_on_the_desk(client, changed)

    assert response.status_code == 200
    link = soup(response).find("textarea", id="link").text.strip()
    assert "this site sends it to nobody" in soup(response).text
    assert "no-store" in response["Cache-Control"]
    secret = link.rstrip("/").rpartition("/")[2]
    assert link == f"http://127.0.0.1:8000/expert/{secret}/"
    assert Client().get(page_of(secret)).status_code == 200
    for address in (
        reverse("desk:item", args=[changed.review_id]),
        reverse("desk:consultations", args=[changed.review_id]),
    ):
        html = client.get(address).content.decode()
        assert "Dr Outside" in html
        assert secret not in html


def test_the_secret_is_long_and_stored_mailed_and_noted_nowhere(changed):
    editor = make_editor(email="ed@example.org")
    _, secret = ask(changed, by=editor)

    assert len(secret) >= 43  # 32 bytes.
    stored = repr(list(Consultation.objects.values()))
    assert secret not in stored
    assert secret not in repr([*Email.objects.values(), *LogEntry.objects.values()])
    assert ask(changed)[1] != secret


def test_no_line_of_the_log_holds_the_secret(changed):
    _, secret = ask(changed)
    (handler,) = [h for h in logging.getLogger().handlers if any(isinstance(f, HideSecrets) for f in h.filters)]
    stream = handler.setStream(io.StringIO())
    try:
        Client().post(page_of(secret), {})
        Client().get(page_of(f"{secret}x"))
        Client().put(page_of(secret))
        written = handler.stream.getvalue()
    finally:
        handler.setStream(stream)

    assert written.count("/expert/…/") == 3
    assert secret not in written


def test_who_may_only_read_can_neither_ask_nor_revoke(changed):
    consultation, secret = ask(changed)
    client = sign_in(make_administrator())

    assert ask_on_the_desk(client, changed).status_code == 403
    revoke = reverse("desk:consultation-revoke", args=[changed.review_id, consultation.pk])
    assert client.post(revoke).status_code == 403
    assert Consultation.objects.count() == 1
    assert Client().get(page_of(secret)).status_code == 200


def test_only_what_is_in_review_as_it_was_submitted_can_be_asked_about(site, changed):
    client = sign_in(make_reviewer())
    type(changed).objects.filter(pk=changed.pk).update(text="Around the workflow.")

    for item in (site.condition, changed):
        response = ask_on_the_desk(client, item)
        assert response.status_code == 400
    assert "is not in review as it was submitted" in soup(response).text
    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"invited": " "}, "Say who is asked."),
        ({"days": "0"}, "at least one day"),
        ({"days": "61"}, "60 days at most"),
        ({"days": "many"}, "Write a number of days"),
        ({"days": ""}, "Say for how many days."),
    ],
)
def test_a_wrong_question_is_refused_beside_the_field_and_kept(changed, wrong, sentence):
    response = ask_on_the_desk(sign_in(make_reviewer()), changed, question="KEPT WORDS", **wrong)

    assert response.status_code == 400
    page = soup(response)
    (name,) = wrong
    assert sentence in page.find(id=f"id_{name}_error").text
    assert page.find("textarea", {"name": "question"}).text.strip() == "KEPT WORDS"
    assert not Consultation.objects.exists()


def test_a_link_of_another_item_cannot_be_revoked_through_this_one(changed, site):
    consultation, secret = ask(changed)
    client = sign_in(make_reviewer())

    address = reverse("desk:consultation-revoke", args=[site.condition.review_id, consultation.pk])

    assert client.post(address).status_code == 404
    assert Client().get(page_of(secret)).status_code == 200


def test_what_was_answered_or_revoked_cannot_be_revoked(changed):
    reviewer = make_reviewer()
    consultation, secret = ask(changed)
    consulting.answer(secret, Answer(**SAID), digest=consultation.digest, at=timezone.now())

    address = reverse("desk:consultation-revoke", args=[changed.review_id, consultation.pk])
    response = sign_in(reviewer).post(address, follow=True)

    assert "was answered before; there is nothing to revoke" in soup(response).text
    consultation.refresh_from_db()
    assert consultation.revoked_at is None


# What the desk shows


def test_the_reviewer_reads_the_answers_beside_the_item(changed, desk):
    consultation, secret = ask(changed)
    send(secret, consultation.digest)

    text = " ".join(
        soup(desk.get(reverse("desk:item", args=[changed.review_id]))).select_one(".desk-experts").text.split()
    )

    assert "Answered" in text
    assert "I disagree with it, says Ada Outside, MD, neurology" in text
    assert "The number is too high." in text
    assert "Conflicts of interest: none" in text


def test_the_desk_says_where_each_link_stands(changed, desk, site):
    now = timezone.now()
    for _ in range(2):
        ask(changed)
    revoked, _ = ask(changed)
    consulting.revoke(revoked, by=make_reviewer(), at=now)
    expired, _ = ask(changed, days=1, at=now)
    Consultation.objects.filter(pk=expired.pk).update(expires_at=now)
    url = reverse("desk:item", args=[changed.review_id])

    flags = [flag.text for flag in soup(desk.get(url)).select(".desk-experts .desk-flag")]
    assert sorted(flags) == ["Expired", "Revoked", "Waiting for an answer", "Waiting for an answer"]
    edit(changed, by=site.editor, text="Nobody walked.")

    flags = [flag.text for flag in soup(desk.get(url)).select(".desk-experts .desk-flag")]
    assert sorted(flags) == ["Revoked", *["Void: the item was changed or decided on"] * 3]


def test_a_disagreement_hinders_no_decision_and_an_agreement_makes_none(changed, desk):
    consultation, secret = ask(changed)
    send(secret, consultation.digest, opinion="agree", comment="")
    assert fresh(changed).review.status == "in_review"

    assert decide(desk, changed).status_code == 302
    assert fresh(changed).review.status == "approved"


def test_what_an_expert_writes_is_shown_as_text(changed, desk):
    consultation, secret = ask(changed, question=BAD)
    bad = dict.fromkeys(("comment", "name", "credentials", "interests"), BAD)
    send(secret, consultation.digest, **bad)

    for address in (
        reverse("desk:item", args=[changed.review_id]),
        reverse("desk:consultations", args=[changed.review_id]),
    ):
        page = soup(desk.get(address))
        assert page.select(".desk-experts script, .desk-experts img") == []
        assert page.select_one(".desk-experts").text.count("<script>alert(1)</script>") == 5


def test_hostile_text_of_an_item_is_shown_to_the_expert_as_text(site):
    item = submit_change(site.fact, by=site.editor, text=BAD, label=BAD[:100])
    consultation, secret = consulting.ask(
        review_of(item), by=make_reviewer(), invited=BAD, question=BAD, days=3, at=timezone.now()
    )

    for response in (Client().get(page_of(secret)), send(secret, consultation.digest, name="", comment=BAD)):
        page = soup(response)
        assert page.select("main script, main img") == []
        assert "{{ 7|add:7 }}" in page.text
