"""Approved now, public later; and what became impossible meanwhile is refused and reported, never forced."""

from datetime import UTC, datetime, timedelta

import pytest

from conditions.models import Citation, Condition, Fact, Measure
from editorial import actions, chain, errors
from editorial.auditing import audit
from editorial.models import Contribution, Decision, Edition, User
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, publish
from tests.steps import approve, current, digests_now, edit, read_database, retire, review_of, revise, submit, texts_of

pytestmark = pytest.mark.django_db

MAY = datetime(2031, 5, 4, 8, tzinfo=UTC)
"""When it was approved."""
JUNE = datetime(2031, 6, 1, 6, tzinfo=UTC)
"""When it is to become public."""
SIGNED = {"interests": "None.", "interests_declared_on": MAY.date()}


@pytest.fixture
def source() -> Citation:
    source = make_citation(key="roe-2020")
    publish(source)
    return source


@pytest.fixture
def condition(source: Citation) -> Condition:
    condition = make_condition(sources=[source])
    publish(condition)
    return condition


@pytest.fixture
def approver() -> User:
    return make_reviewer(first_name="Rea", last_name="Viewer", **SIGNED)


@pytest.fixture
def fact(condition: Condition, source: Citation, approver: User) -> Fact:
    """Public as “First.”, and approved to become “Second.” in June."""
    fact = make_fact(condition, sources=[source], text="First.")
    publish(fact)
    edit(fact, text="Second.")
    submit(fact)
    approve(fact, by=approver, comment="For the congress.", publish_at=JUNE, at=MAY)
    return fact


def another(fact: Fact, text: str = "Another.") -> Fact:
    other = make_fact(fact.condition, sources=[Citation.objects.get(key="roe-2020")], text=text)
    submit(other)
    return other


def schedule(*items: Fact, by: User | None = None, publish_at: datetime = JUNE) -> None:
    approve(*items, by=by or make_reviewer(**SIGNED), publish_at=publish_at, at=MAY)


def test_what_is_approved_for_later_shows_nothing_before(fact: Fact) -> None:
    review, number = review_of(fact), current(fact.condition).number

    assert (review.status, review.scheduled.action, review.scheduled.publish_at) == ("in_review", "schedule", JUNE)
    assert review.approval.action == "approve"
    assert texts_of(fact.condition) == ["First."]
    assert actions.publish_due(at=JUNE - timedelta(seconds=1)) == actions.Outcome()
    assert (texts_of(fact.condition), current(fact.condition).number) == (["First."], number)


def test_it_becomes_public_at_its_time_as_it_was_signed(fact: Fact, approver: User) -> None:
    signed = review_of(fact).scheduled
    User.objects.filter(pk=approver.pk).update(first_name="Married", credentials="MD", interests="Shares.")

    outcome = actions.publish_due(at=JUNE)

    decision = review_of(fact).approval
    assert outcome.published == [decision]
    assert outcome.refused == {}
    assert texts_of(fact.condition) == ["Second."]
    assert current(fact.condition).published_at == JUNE
    assert (decision.actor_id, decision.actor_name, decision.actor_credentials) == (approver.pk, "Rea Viewer", "")
    assert (decision.actor_interests, decision.actor_interests_declared_on) == ("None.", MAY.date())
    assert (decision.content, decision.digest) == (signed.content, signed.digest)
    assert (decision.reviewed_on, decision.review_by) == (MAY.date(), signed.review_by)
    assert decision.comment == "Approved on 2031-05-04 08:00 to become public now. For the congress."


def test_afterwards_it_is_approved_and_nothing_is_scheduled_any_more(fact: Fact) -> None:
    actions.publish_due(at=JUNE)

    review = review_of(fact)
    assert (review.status, review.scheduled, review.schedule_problem) == ("approved", None, "")
    assert review.approval.digest == review.digest
    assert not Contribution.objects.filter(review=review, settled_by=None).exists()
    assert actions.publish_due(at=JUNE + timedelta(days=1)) == actions.Outcome()
    assert chain.find_break(Decision.objects.in_order()) is None
    audit()


def test_what_was_approved_together_becomes_public_together(condition: Condition, source: Citation) -> None:
    """They may rest on each other, and readers get one edition."""
    new_source = make_citation()
    facts = [make_fact(condition, sources=[new_source], text=text) for text in ("One.", "Two.")]
    submit(new_source, *facts)
    number = current(condition).number
    schedule(new_source, *facts)

    outcome = actions.publish_due(at=JUNE)

    assert len(outcome.published) == 3
    assert texts_of(condition) == ["One.", "Two."]
    assert current(condition).number == number + 1


def dropped(fact: Fact, words: str) -> None:
    """Nothing came of it, the item says why, and another try does not bring it back."""
    outcome = actions.publish_due(at=JUNE)

    assert outcome == actions.Outcome()
    review = review_of(fact)
    assert review.scheduled is None
    assert words in review.schedule_problem
    assert texts_of(fact.condition) != ["Second."]


def refused(fact: Fact, words: str) -> None:
    before = texts_of(fact.condition)

    outcome = actions.publish_due(at=JUNE)

    assert outcome.published == []
    assert [words in sentence for sentence in outcome.refused.values()] == [True]
    review = review_of(fact)
    assert (review.status, review.scheduled) == ("in_review", None)
    assert words in review.schedule_problem
    assert texts_of(fact.condition) == before
    assert actions.publish_due(at=JUNE) == actions.Outcome()


def test_an_edit_meanwhile_ends_the_schedule_at_once(fact: Fact) -> None:
    edit(fact, text="Third.")

    assert review_of(fact).status == "draft"
    dropped(fact, "It was changed after it had been approved for later.")


def test_a_save_that_changes_nothing_ends_no_schedule(fact: Fact) -> None:
    edit(fact, text="Second.")

    assert len(actions.publish_due(at=JUNE).published) == 1


def test_an_edit_that_is_taken_back_does_not_bring_the_schedule_back(fact: Fact) -> None:
    edit(fact, text="Third.")
    edit(fact, text="Second.")

    dropped(fact, "It must be reviewed again.")


def test_a_change_around_the_workflow_is_refused(fact: Fact) -> None:
    Fact.objects.filter(pk=fact.pk).update(text="Slipped in.")

    refused(fact, "has changed since it was submitted")


def test_a_source_that_was_retired_meanwhile_refuses_it(fact: Fact) -> None:
    retire(Citation.objects.get(key="roe-2020"))

    refused(fact, "No source is approved yet.")


def test_a_check_that_blocks_by_now_refuses_it(fact: Fact, source: Citation) -> None:
    measure = Measure.objects.create(slug="m", name="Made up", plausible_low=0, plausible_high=9)
    edit(fact, text="Number.", kind="quantity", value=5, unit="x", measure=measure)
    submit(fact)
    schedule(fact)
    Measure.objects.filter(pk=measure.pk).update(plausible_high=2)

    refused(fact, "is outside what “Made up” can be")


def test_an_approver_who_lost_the_right_meanwhile_refuses_it(fact: Fact, approver: User) -> None:
    approver.groups.clear()

    refused(fact, "You do not have the right to approve")


def test_an_approver_who_has_left_meanwhile_refuses_it(fact: Fact, approver: User) -> None:
    User.objects.filter(pk=approver.pk).update(is_active=False)

    refused(fact, "You do not have the right to approve")


def test_an_approval_for_now_takes_the_place_of_one_for_later(fact: Fact) -> None:
    approve(fact)

    assert texts_of(fact.condition) == ["Second."]
    assert review_of(fact).scheduled is None
    number = current(fact.condition).number
    assert actions.publish_due(at=JUNE) == actions.Outcome()
    assert current(fact.condition).number == number


def test_a_newer_approval_for_later_takes_the_place_of_the_older_one(fact: Fact) -> None:
    other = make_reviewer(**SIGNED)
    schedule(fact, by=other, publish_at=JUNE + timedelta(days=1))

    assert actions.publish_due(at=JUNE) == actions.Outcome()
    assert [d.actor for d in actions.publish_due(at=JUNE + timedelta(days=1)).published] == [other]


def test_a_newer_text_that_was_approved_meanwhile_stays(fact: Fact) -> None:
    revise(fact, text="Third.")

    assert actions.publish_due(at=JUNE) == actions.Outcome()
    assert texts_of(fact.condition) == ["Third."]


def test_what_was_retired_or_sent_back_meanwhile_does_not_become_public(fact: Fact) -> None:
    other = another(fact)
    schedule(other)
    actions.request_changes([other], by=make_reviewer(), comment="Which?")
    retire(fact)

    assert actions.publish_due(at=JUNE) == actions.Outcome()
    assert review_of(fact).schedule_problem == "It was retired."
    assert review_of(other).schedule_problem == "It was sent back to its editors."
    assert texts_of(fact.condition) == []


def test_one_refused_item_leaves_those_that_do_not_rest_on_it(condition: Condition, source: Citation) -> None:
    good, doomed = make_citation(), make_citation()
    publish(good, doomed)
    facts = [make_fact(condition, sources=[s], text=text) for s, text in ((good, "Good."), (doomed, "Doomed."))]
    submit(*facts)
    schedule(*facts)
    retire(doomed)

    outcome = actions.publish_due(at=JUNE)

    assert texts_of(condition) == ["Good."]
    assert [str(item) for item in outcome.refused] == ["Doomed."]


def test_what_rests_on_a_refused_item_is_refused_with_it(condition: Condition) -> None:
    new_source = make_citation(key="new-source")
    fact = make_fact(condition, sources=[new_source], text="Stands on it.")
    submit(new_source, fact)
    schedule(new_source, fact)
    edit(new_source, title="Another title")

    outcome = actions.publish_due(at=JUNE)

    assert [str(item) for item in outcome.refused] == ["Stands on it."]
    assert texts_of(condition) == []


def test_a_time_that_has_passed_is_refused(fact: Fact) -> None:
    other, reviewer = another(fact), make_reviewer(**SIGNED)
    for moment in (MAY, MAY - timedelta(minutes=1)):
        before = read_database()
        with pytest.raises(errors.TransitionNotAllowed, match="has passed"):
            actions.approve([other], by=reviewer, digests=digests_now(other), publish_at=moment, at=MAY)
        assert read_database() == before


def test_own_work_is_approved_for_no_time(fact: Fact) -> None:
    reviewer = make_reviewer(**SIGNED)
    edit(fact, by=reviewer, text="My words.")
    submit(fact)

    with pytest.raises(errors.OwnWorkRefused):
        actions.approve([fact], by=reviewer, digests=digests_now(fact), publish_at=JUNE, at=MAY)


def test_an_approver_who_contributes_after_signing_ends_the_schedule(fact: Fact, approver: User) -> None:
    edit(fact, by=approver, text="My words.")
    submit(fact)

    assert actions.publish_due(at=JUNE) == actions.Outcome()
    assert texts_of(fact.condition) == ["First."]


def test_a_schedule_is_taken_back_by_any_reviewer_and_the_item_waits_again(fact: Fact) -> None:
    other = make_reviewer()

    decision = actions.unschedule([fact], by=other, comment="Not yet.")[0]

    assert (decision.action, decision.actor, decision.comment) == ("unschedule", other, "Not yet.")
    review = review_of(fact)
    assert (review.status, review.scheduled, review.schedule_problem) == ("in_review", None, "")
    assert actions.publish_due(at=JUNE) == actions.Outcome()
    assert approve(fact)


def test_only_what_is_scheduled_can_be_unscheduled(fact: Fact) -> None:
    other, reviewer = another(fact), make_reviewer()
    before = read_database()
    with pytest.raises(errors.TransitionNotAllowed, match="there is no schedule to carry out or to cancel") as caught:
        actions.unschedule([fact, other], by=reviewer)

    assert caught.value.items == [other]
    assert read_database() == before


def test_an_editor_takes_back_no_schedule(fact: Fact) -> None:
    with pytest.raises(errors.NotPermitted):
        actions.unschedule([fact], by=make_editor())


def test_submitting_again_takes_the_notice_of_the_problem_away(fact: Fact) -> None:
    edit(fact, text="Third.")
    assert review_of(fact).schedule_problem
    submit(fact)

    assert review_of(fact).schedule_problem == ""


def test_wording_that_is_published_later_keeps_the_dates_of_the_medical_review(fact: Fact) -> None:
    before = review_of(fact).approval
    edit(fact, text="The first.")
    submit(fact)
    approve(fact, materiality="editorial", publish_at=JUNE, at=MAY)

    actions.publish_due(at=JUNE)

    assert review_of(fact).approval.reviewed_on == before.reviewed_on
    assert review_of(fact).review_by == before.review_by


def test_a_schedule_makes_no_edition_and_marks_nothing_for_a_recheck(fact: Fact) -> None:
    before = Edition.objects.count()
    schedule(another(fact))

    assert Edition.objects.count() == before
