"""Different decisions on many items in one act: all of them or none, each refusal named."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from conditions.models import Citation, Condition, Fact
from editorial import actions, chain, errors
from editorial.actions import Choice
from editorial.auditing import audit
from editorial.models import Decision, ReviewedItem
from editorial.workflow import Action
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, publish
from tests.steps import current, digest_now, edit, read_database, retire, review_of, submit, texts_of

pytestmark = pytest.mark.django_db


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
def facts(condition: Condition, source: Citation) -> list[Fact]:
    """Two that are public, and two that are new and wait for review."""
    facts = [make_fact(condition, sources=[source], text=f"{name}.") for name in ("A", "B", "C", "D")]
    publish(*facts[:2])
    submit(*facts[2:])
    return facts


def choose(item: ReviewedItem, action: Action, comment: str = "", **values: Any) -> Choice:
    return Choice(item, action, **{"digest": digest_now(item), "comment": comment, **values})


def refused(choices: list[Choice], **values: Any) -> errors.Refused:
    """The refusal; nothing changed by it."""
    by = values.pop("by", None) or make_reviewer()
    before = read_database()
    with pytest.raises(errors.Refused) as caught:
        actions.decide(choices, by=by, **values)
    assert read_database() == before
    return caught.value


def test_each_item_gets_its_own_decision_and_comment(facts: list[Fact]) -> None:
    a, b, c, d = facts
    reviewer = make_reviewer()

    decisions = actions.decide(
        [
            choose(a, Action.CONFIRM, "Checked."),
            choose(b, Action.RETIRE, "Wrong."),
            choose(c, Action.APPROVE, "Good."),
            choose(d, Action.REQUEST_CHANGES, "Which?"),
        ],
        by=reviewer,
    )

    assert {(row.review_id, row.action, row.comment) for row in decisions} == {
        (a.review_id, "confirm", "Checked."),
        (b.review_id, "retire", "Wrong."),
        (c.review_id, "approve", "Good."),
        (d.review_id, "request_changes", "Which?"),
    }
    assert {row.actor for row in decisions} == {reviewer}
    assert [review_of(fact).status for fact in facts] == ["approved", "retired", "approved", "changes_requested"]
    assert texts_of(a.condition) == ["A.", "C."]
    assert chain.find_break(Decision.objects.in_order()) is None


def test_all_bear_one_time(facts: list[Fact]) -> None:
    at = datetime(2031, 5, 4, tzinfo=UTC)
    reviewer = make_reviewer(interests_declared_on=at.date())

    decisions = actions.decide([choose(facts[2], Action.APPROVE), choose(facts[0], Action.CONFIRM)], by=reviewer, at=at)

    assert {row.at for row in decisions} == {at}
    assert current(facts[0].condition).published_at == at


def test_materiality_is_said_for_each_item(facts: list[Fact]) -> None:
    a, b, c, _ = facts
    for fact in (a, b):
        submit(fact, by=edit(fact, text=f"So {fact.text}"))

    actions.decide(
        [choose(a, Action.APPROVE, materiality="editorial"), choose(b, Action.APPROVE), choose(c, Action.APPROVE)],
        by=make_reviewer(),
    )

    assert [review_of(fact).approval.materiality for fact in (a, b, c)] == ["editorial", "clinical", "clinical"]


def test_some_become_public_at_once_and_some_later(facts: list[Fact]) -> None:
    later = timezone.now() + timedelta(days=1)

    actions.decide(
        [choose(facts[2], Action.APPROVE), choose(facts[3], Action.APPROVE, publish_at=later)], by=make_reviewer()
    )

    assert texts_of(facts[0].condition) == ["A.", "B.", "C."]
    assert review_of(facts[3]).scheduled.publish_at == later


def test_items_that_are_approved_together_may_rest_on_each_other(condition: Condition) -> None:
    source = make_citation()
    fact = make_fact(condition, sources=[source])
    submit(source, fact)

    actions.decide([choose(fact, Action.APPROVE), choose(source, Action.APPROVE)], by=make_reviewer())

    assert texts_of(condition) == [fact.text]


def test_every_refused_item_is_named_with_its_reason_and_no_other(facts: list[Fact]) -> None:
    a, b, c, d = facts
    reviewer = make_reviewer()
    shown = choose(c, Action.APPROVE)
    edit(c, text="C changed.")
    edit(d, by=reviewer, text="D changed.")
    submit(d)

    refusal = refused(
        [choose(a, Action.CONFIRM), choose(b, Action.RETIRE), shown, choose(d, Action.APPROVE)], by=reviewer
    )

    assert set(refusal.reasons) == {b, c, d}
    assert "Give a reason to retire" in refusal.reasons[b]
    assert "has changed since it was shown to you" in refusal.reasons[c]
    assert "so another person must review it" in refusal.reasons[d]
    kinds = [errors.TransitionNotAllowed, errors.ContentChanged, errors.OwnWorkRefused]
    assert [type(cause) for cause in refusal.causes] == kinds


def test_what_only_misses_a_refused_item_is_not_named_beside_it(condition: Condition) -> None:
    source, reviewer = make_citation(), make_reviewer()
    fact = make_fact(condition, sources=[source])
    submit(source, by=reviewer)
    submit(fact)

    refusal = refused([choose(source, Action.APPROVE), choose(fact, Action.APPROVE)], by=reviewer)

    assert list(refusal.reasons) == [source]


def test_own_work_among_others_refuses_all(facts: list[Fact]) -> None:
    reviewer = make_reviewer()
    edit(facts[2], by=reviewer, text="My words.")
    submit(facts[2])

    refusal = refused([choose(facts[2], Action.APPROVE), choose(facts[3], Action.APPROVE)], by=reviewer)

    assert list(refusal.reasons) == [facts[2]]
    assert isinstance(refusal.causes[0], errors.OwnWorkRefused)


def test_who_lacks_the_right_is_refused_for_each_item(facts: list[Fact]) -> None:
    refusal = refused([choose(facts[2], Action.APPROVE), choose(facts[0], Action.RETIRE, "W.")], by=make_editor())

    assert set(refusal.reasons) == {facts[2], facts[0]}
    assert {type(cause) for cause in refusal.causes} == {errors.NotPermitted}


def test_what_rests_on_an_item_that_is_retired_in_the_same_act_is_refused(
    condition: Condition, source: Citation
) -> None:
    fact = make_fact(condition, sources=[source])
    submit(fact)

    refusal = refused([choose(fact, Action.APPROVE), choose(source, Action.RETIRE, "Fraud.")])

    assert list(refusal.reasons) == [fact]
    assert "No source is approved yet" in refusal.reasons[fact]


def test_a_draft_that_changed_does_not_hold_up_a_retirement(facts: list[Fact]) -> None:
    choice = choose(facts[0], Action.RETIRE, "Dangerous.")
    edit(facts[0], text="A draft.")

    actions.decide([choice, choose(facts[2], Action.APPROVE)], by=make_reviewer())

    assert texts_of(facts[0].condition) == ["B.", "C."]


def test_different_decisions_in_one_act_make_one_edition(facts: list[Fact]) -> None:
    number = current(facts[0].condition).number

    actions.decide(
        [
            choose(facts[0], Action.CONFIRM),
            choose(facts[1], Action.RETIRE, "Wrong."),
            choose(facts[2], Action.APPROVE),
        ],
        by=make_reviewer(),
    )

    assert current(facts[0].condition).number == number + 1
    assert texts_of(facts[0].condition) == ["A.", "C."]
    audit()


def test_several_approvals_in_one_act_make_one_edition(facts: list[Fact]) -> None:
    number = current(facts[0].condition).number

    actions.decide([choose(fact, Action.APPROVE) for fact in facts[2:]], by=make_reviewer())

    assert current(facts[0].condition).number == number + 1


def test_a_retirement_is_confirmed_beside_other_decisions(facts: list[Fact]) -> None:
    retire(facts[0])

    actions.decide([choose(facts[0], Action.CONFIRM), choose(facts[2], Action.APPROVE)], by=make_reviewer())

    assert not review_of(facts[0]).needs_second_person


def test_nothing_chosen_is_nothing_done() -> None:
    assert actions.decide([], by=make_reviewer()) == []


def test_a_change_that_is_clinical_by_rule_is_not_approved_as_wording(
    facts: list[Fact], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever author and reviewer say. What the rule finds is proved with the rule."""
    a, b = facts[:2]
    for fact in (a, b):
        submit(fact, by=edit(fact, text=f"Changed {fact.key}."))
    rule = {a.key: ["The number 2 was changed to 3."]}
    monkeypatch.setattr("editorial.guards.find_clinical_reasons", lambda old, new, **_: rule.get(new["key"], []))
    wording = [choose(fact, Action.APPROVE, materiality="editorial") for fact in (a, b)]

    refusal = refused(wording)

    assert list(refusal.reasons) == [a]
    assert refusal.reasons[a].endswith("The number 2 was changed to 3. Approve it as medical content.")
    actions.decide([choose(a, Action.APPROVE), wording[1]], by=make_reviewer())
    assert [review_of(fact).approval.materiality for fact in (a, b)] == ["clinical", "editorial"]


def test_what_the_author_says_of_the_change_is_kept_until_the_text_changes(facts: list[Fact]) -> None:
    fact, editor = facts[0], edit(facts[0], text="Better words.")
    decision = actions.submit([fact], by=editor, materiality="editorial")[0]

    assert (decision.materiality, review_of(fact).proposed_materiality) == ("editorial", "editorial")
    edit(fact, by=editor, text="Even better words.")
    assert review_of(fact).proposed_materiality == ""


def test_an_author_says_nothing_or_one_of_the_two(facts: list[Fact]) -> None:
    fact, editor = facts[0], edit(facts[0], text="Better words.")
    before = read_database()
    with pytest.raises(errors.TransitionNotAllowed, match="“cosmetic” is no materiality"):
        actions.submit([fact], by=editor, materiality="cosmetic")

    assert read_database() == before
    actions.submit([fact], by=editor)
    assert review_of(fact).proposed_materiality == ""


def test_the_rule_is_asked_with_what_is_public_and_what_is_approved(
    facts: list[Fact], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(
        "editorial.guards.find_clinical_reasons",
        lambda old, new, *, kind, **_: asked.append((old["text"], new["text"], kind)) or [],
    )
    submit(facts[0], by=edit(facts[0], text="Better words."))

    actions.decide([choose(facts[0], Action.APPROVE, materiality="editorial")], by=make_reviewer())

    assert asked == [("A.", "Better words.", "fact")]
