"""Two people at the same moment: no lost update, no deadlock, no half batch."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from comparisons.models import Comparison, Point
from conditions.models import Citation, Condition, Fact
from editorial import actions, chain, errors
from editorial.models import Contribution, Decision, Edition, ReviewedItem
from editorial.workflow import Action
from tests.admin_forms import save
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_reviewer,
    publish,
)
from tests.integration.races.traffic import meet
from tests.steps import current, digests_now, edit, review_of, submit, texts_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def source() -> Citation:
    source = make_citation()
    publish(source)
    return source


@pytest.fixture
def condition(source: Citation) -> Condition:
    condition = make_condition(sources=[source])
    publish(condition)
    return condition


@pytest.fixture
def fact(condition: Condition, source: Citation) -> Fact:
    """Public, and with a change that waits for its approval."""
    fact = make_fact(condition, sources=[source], text="First.")
    publish(fact)
    edit(fact, text="Second.")
    submit(fact)
    return fact


def approving(*items: ReviewedItem) -> Callable[[], Any]:
    reviewer, digests = make_reviewer(), digests_now(*items)
    return lambda: actions.approve(items, by=reviewer, digests=digests)


def editing(fact: Fact, text: str) -> Callable[[], Any]:
    person, mine = make_editor(), Fact.objects.get(pk=fact.pk)
    return lambda: edit(mine, by=person, text=text)


def submitting(*items: ReviewedItem) -> Callable[[], Any]:
    person = make_editor()
    return lambda: actions.submit(items, by=person)


def check_history_is_whole() -> None:
    assert chain.find_break(Decision.objects.in_order()) is None
    lines: dict[tuple[str, int], list[tuple[int, bool]]] = {}
    for edition in Edition.objects.order_by("kind", "subject_id", "number"):
        lines.setdefault((edition.kind, edition.subject_id), []).append((edition.number, edition.is_current))
    for line in lines.values():
        assert line == [(number, number == len(line)) for number in range(1, len(line) + 1)]


def test_an_approval_before_an_edit_publishes_what_was_read_and_the_edit_is_a_draft(fact: Fact) -> None:
    approved, edited = meet(approving(fact), editing(fact, "Third."), at=fact)

    assert [d.action for d in approved] == ["approve"]
    assert (texts_of(fact.condition), Fact.objects.get().text) == (["Second."], "Third.")
    assert review_of(fact).status == "draft"
    assert [row.user for row in Contribution.objects.filter(settled_by=None)] == [edited]
    check_history_is_whole()


def test_an_edit_before_an_approval_refuses_it(fact: Fact) -> None:
    edited, approved = meet(editing(fact, "Third."), approving(fact), at=fact)

    assert isinstance(approved, errors.ContentChanged)
    assert (texts_of(fact.condition), Fact.objects.get().text) == (["First."], "Third.")
    assert edited in [row.user for row in Contribution.objects.filter(settled_by=None)]
    check_history_is_whole()


def test_of_two_approvals_of_one_item_one_is_made(fact: Fact) -> None:
    first, second = meet(approving(fact), approving(fact), at=fact)

    assert [d.action for d in first] == ["approve"]
    assert isinstance(second, errors.TransitionNotAllowed)
    assert Decision.objects.filter(review=fact.review_id, action="approve").count() == 2
    check_history_is_whole()


def test_two_facts_of_one_condition_approved_at_once_are_both_in_the_newest_edition(
    condition: Condition, source: Citation
) -> None:
    facts = [make_fact(condition, sources=[source], text=text) for text in ("One.", "Two.")]
    submit(*facts)
    before = current(condition).number

    outcome = meet(approving(facts[0]), approving(facts[1]), at=facts[0])

    assert all(isinstance(decisions, list) for decisions in outcome), outcome
    assert texts_of(condition) == ["One.", "Two."]
    assert current(condition).number == before + 2
    check_history_is_whole()


def test_of_two_batches_that_overlap_in_opposite_order_one_is_made_whole_and_one_not_at_all(
    condition: Condition, source: Citation
) -> None:
    a, b, c, d = (make_fact(condition, sources=[source], text=text) for text in "ABCD")
    submit(a, b, c, d)

    first, second = meet(approving(a, b, c), approving(d, c, b), at=b)

    assert len(first) == 3
    assert isinstance(second, errors.TransitionNotAllowed)
    assert {str(item) for item in second.items} == {"B", "C"}
    assert texts_of(condition) == ["A", "B", "C"]
    assert review_of(d).status == "in_review"
    check_history_is_whole()


def test_two_confirmations_that_overlap_in_opposite_order_are_both_made(condition: Condition, source: Citation) -> None:
    facts = [make_fact(condition, sources=[source]) for _ in range(3)]
    publish(*facts)
    one, other = make_reviewer(), make_reviewer()

    outcome = meet(lambda: actions.confirm(facts, by=one), lambda: actions.confirm(facts[::-1], by=other), at=facts[1])

    assert [len(decisions) for decisions in outcome] == [3, 3]
    assert {review_of(fact).confirmation.actor for fact in facts} == {other}
    check_history_is_whole()


@pytest.mark.parametrize("is_edit_first", [False, True])
def test_a_submission_and_an_edit_never_leave_an_unread_text_in_review(fact: Fact, is_edit_first: bool) -> None:
    edit(fact, text="Draft.")
    acts = [submitting(fact), editing(fact, "Newer draft.")]

    meet(*(acts[::-1] if is_edit_first else acts), at=fact)

    review = review_of(fact)
    assert Fact.objects.get().text == "Newer draft."
    assert review.status == ("in_review" if is_edit_first else "draft")
    assert review.submitted_digest == (review.digest if is_edit_first else "")


@pytest.mark.parametrize("is_retirement_first", [False, True])
def test_a_retirement_and_an_approval_follow_one_another(fact: Fact, is_retirement_first: bool) -> None:
    reviewer = make_reviewer()
    acts = [approving(fact), lambda: actions.retire([fact], by=reviewer, reason="Wrong.")]

    outcome = meet(*(acts[::-1] if is_retirement_first else acts), at=fact)

    assert review_of(fact).status == "retired"
    assert texts_of(fact.condition) == []
    assert isinstance(outcome[1], errors.TransitionNotAllowed if is_retirement_first else list)
    check_history_is_whole()


@pytest.mark.parametrize("is_approval_first", [False, True])
def test_save_and_submit_in_the_admin_against_the_approval_of_a_batch(
    fact: Fact, condition: Condition, source: Citation, is_approval_first: bool
) -> None:
    other = make_fact(condition, sources=[source], text="Other.")
    submit(other)
    client = Client()
    client.force_login(make_editor())
    acts = [approving(fact, other), lambda: save(client, fact, "_submit", text="Third.").status_code]

    outcome = meet(*(acts if is_approval_first else acts[::-1]), at=fact)

    review = review_of(fact)
    assert Fact.objects.get(pk=fact.pk).text == "Third."
    assert (review.status, review.submitted_digest) == ("in_review", review.digest)
    assert texts_of(condition) == (["Second.", "Other."] if is_approval_first else ["First."])
    if not is_approval_first:
        assert isinstance(outcome[1], errors.ContentChanged)
        assert review_of(other).status == "in_review"
    check_history_is_whole()


@pytest.mark.parametrize("is_approval_first", [False, True])
def test_a_new_name_of_a_topic_against_an_approval_that_marks_what_rests_on_the_fact(
    condition: Condition, source: Citation, is_approval_first: bool
) -> None:
    """Each touches both Reviews: the comparison's, which is the older one, and the fact's."""
    comparison = make_comparison(condition, make_condition(sources=[source]))
    fact = make_fact(condition, sources=[source], text="First.")
    publish(*Condition.objects.filter(review__approval=None), fact)
    Point.objects.create(comparison=comparison, kind="difference", text="T", topic=fact.topic).rests_on.add(fact)
    publish(Comparison.objects.get())
    edit(fact, text="Second.")
    submit(fact)
    acts = [approving(fact), lambda: edit(fact.topic, name="Another name")]

    outcome = meet(*(acts if is_approval_first else acts[::-1]), at=comparison)

    assert {review_of(item).status for item in (fact, comparison)} == {"draft"}
    if is_approval_first:
        assert [d.action for d in outcome[0]] == ["approve"]
        assert review_of(comparison).needs_recheck
    else:
        assert isinstance(outcome[1], errors.ContentChanged)
    assert texts_of(condition) == (["Second."] if is_approval_first else ["First."])
    assert [f["topic"]["name"] for f in current(condition).content["facts"]] == ["Symptoms"]
    check_history_is_whole()


@pytest.mark.parametrize("is_edit_first", [False, True])
def test_different_decisions_on_one_page_against_an_edit_are_all_made_or_none(
    condition: Condition, source: Citation, is_edit_first: bool
) -> None:
    facts = [make_fact(condition, sources=[source], text=text) for text in ("A.", "B.", "C.")]
    publish(facts[0])
    submit(*facts[1:])
    shown, reviewer = digests_now(*facts), make_reviewer()
    chosen = zip(facts, (Action.RETIRE, Action.APPROVE, Action.REQUEST_CHANGES), strict=True)
    choices = [actions.Choice(fact, action, shown[fact], comment="So.") for fact, action in chosen]
    acts = [lambda: actions.decide(choices, by=reviewer), editing(facts[1], "B changed.")]

    outcome = meet(*(acts[::-1] if is_edit_first else acts), at=facts[1])

    if is_edit_first:
        assert list(outcome[1].reasons) == [facts[1]]
        assert [review_of(fact).status for fact in facts] == ["approved", "draft", "in_review"]
        assert texts_of(condition) == ["A."]
    else:
        assert [review_of(fact).status for fact in facts] == ["retired", "draft", "changes_requested"]
        assert texts_of(condition) == ["B."]
    check_history_is_whole()
