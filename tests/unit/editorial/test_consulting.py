"""The link of an outside expert: for whom, for what, how long, and that it decides nothing."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from editorial import actions, consulting, errors
from editorial.consulting import Answer
from editorial.models import Consultation
from tests.factories import make_citation, make_reviewer, make_user
from tests.steps import digest_now, edit, read_database, review_of, submit

pytestmark = pytest.mark.django_db
AGREES = Answer(opinion="agree", name="Ada Outside", interests="none")


@pytest.fixture
def waiting():
    item = make_citation()
    submit(item)
    return item


def ask(item, **values) -> tuple[Consultation, str]:
    said = {"by": make_reviewer(), "invited": "Dr Outside", "question": "", "days": 14, "at": timezone.now()}
    return consulting.ask(review_of(item), **{**said, **values})


def test_only_what_is_in_review_is_asked_about(waiting) -> None:
    edit(waiting, title="Changed meanwhile")

    with pytest.raises(errors.ConsultationRefused, match="is not in review as it was submitted"):
        ask(waiting)


@pytest.mark.parametrize("values", [{"invited": " "}, {"days": 0}, {"days": 61}])
def test_a_link_is_for_somebody_and_for_one_to_sixty_days(waiting, values) -> None:
    with pytest.raises(errors.ConsultationRefused, match="Say who is asked"):
        ask(waiting, **values)


def test_who_may_neither_submit_nor_decide_may_not_ask(waiting) -> None:
    with pytest.raises(errors.NotPermitted):
        ask(waiting, by=make_user())


def test_only_the_hash_of_the_secret_is_stored(waiting) -> None:
    consultation, secret = ask(waiting)

    assert len(secret) >= 43
    assert secret not in str(Consultation.objects.values().get(pk=consultation.pk))


def test_a_link_ends_with_its_time_its_answer_its_revocation_and_every_change(waiting) -> None:
    void = pytest.raises(errors.LinkVoid, match="no longer valid")
    consultation, secret = ask(waiting)
    assert consulting.find(secret, at=timezone.now()) == consultation
    with void:
        consulting.find(secret, at=timezone.now() + timedelta(days=15))
    consulting.answer(secret, AGREES, digest=digest_now(waiting), at=timezone.now())
    with pytest.raises(errors.LinkVoid, match="no longer valid"):
        consulting.answer(secret, AGREES, digest=digest_now(waiting), at=timezone.now())
    revoked, secret = ask(waiting)
    consulting.revoke(revoked, by=make_reviewer(), at=timezone.now())
    with pytest.raises(errors.LinkVoid):
        consulting.find(secret, at=timezone.now())
    with pytest.raises(errors.ConsultationRefused, match="was revoked before"):
        consulting.revoke(revoked, by=make_reviewer(), at=timezone.now())
    _, secret = ask(waiting)
    edit(waiting, title="Changed meanwhile")
    with pytest.raises(errors.LinkVoid):
        consulting.find(secret, at=timezone.now())


def test_an_answer_to_another_text_is_refused_and_nothing_is_stored(waiting) -> None:
    _, secret = ask(waiting)
    before = read_database()

    with pytest.raises(errors.LinkVoid):
        consulting.answer(secret, AGREES, digest="0" * 64, at=timezone.now())

    assert read_database() == before


def test_an_answer_changes_nothing_of_the_review_and_stays_as_it_was_given(waiting) -> None:
    _, secret = ask(waiting)
    before = review_of(waiting)

    answered = consulting.answer(secret, AGREES, digest=digest_now(waiting), at=timezone.now())

    after = review_of(waiting)
    assert (after.status, after.approval, after.digest) == (before.status, None, before.digest)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Consultation.objects.filter(pk=answered.pk).update(opinion="disagree")


def test_a_secret_that_nobody_made_is_unknown(waiting) -> None:
    with pytest.raises(Consultation.DoesNotExist):
        consulting.find("made-up", at=timezone.now())


def test_a_decision_ends_the_link(waiting) -> None:
    _, secret = ask(waiting)
    actions.request_changes([waiting], by=make_reviewer(), comment="Name the journal.")

    with pytest.raises(errors.LinkVoid):
        consulting.find(secret, at=timezone.now())
