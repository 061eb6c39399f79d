"""Every refusal is a named error with a sentence for each refused item, and leaves the database as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import reversion
from dateutil.relativedelta import relativedelta

from conditions.models import Citation
from editorial import actions, errors
from editorial.freezing import item_digest
from editorial.models import Review
from editorial.workflow import Action
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, publish
from tests.steps import approve, digest_now, digests_now, edit, read_database, retire, review_of, submit

pytestmark = pytest.mark.django_db

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
SIGNED = date(2030, 5, 4)


@contextmanager
def refused(error: type[errors.EditorialError], *sentences: str) -> Iterator[None]:
    before = read_database()
    with pytest.raises(error) as caught:
        yield
    assert read_database() == before
    for sentence in sentences:
        assert sentence in str(caught.value)
    assert caught.value.items


def in_review(**values: str) -> Citation:
    item = make_citation(**values)
    submit(item)
    return item


def test_an_item_that_is_not_saved_cannot_be_submitted() -> None:
    editor = make_editor()
    with pytest.raises(errors.TransitionNotAllowed, match="“new: New” is not saved yet"):
        actions.submit([Citation(key="new", title="New")], by=editor)


def test_an_item_that_was_deleted_meanwhile_is_named() -> None:
    item, editor = make_citation(), make_editor()
    Citation.objects.get(pk=item.pk).delete()
    with refused(errors.TransitionNotAllowed, "was deleted meanwhile"):
        actions.submit([item], by=editor)


def test_a_move_that_the_table_lacks_says_where_the_item_stands_and_where_it_must_stand() -> None:
    item, reviewer = make_citation(title="A study"), make_reviewer()
    with refused(errors.TransitionNotAllowed, "is draft; to approve it, it must be in review."):
        actions.approve([item], by=reviewer, digests=digests_now(item))
    with refused(errors.TransitionNotAllowed, "is not public, so there is nothing to retire."):
        actions.retire([item], by=reviewer, reason="Wrong.")


def test_an_approval_of_another_text_than_was_shown_is_refused() -> None:
    item, reviewer = in_review(), make_reviewer()
    shown = digest_now(item)
    edit(item, title="Another title")
    submit(item)
    with refused(errors.ContentChanged, "has changed since it was shown to you. Read it again, then decide."):
        actions.approve([item], by=reviewer, digests={item: shown})


def test_who_read_an_older_text_learns_that_before_anything_else() -> None:
    item, reviewer = in_review(), make_reviewer()
    shown = digest_now(item)
    edit(item, title="Another title")
    with refused(errors.ContentChanged, "has changed since it was shown to you."):
        actions.approve([item], by=reviewer, digests={item: shown})


def test_an_approval_without_a_digest_is_refused() -> None:
    item, reviewer = in_review(), make_reviewer()
    with refused(errors.ContentChanged):
        actions.approve([item], by=reviewer, digests={})


def test_what_a_script_changed_after_the_submission_is_refused_even_with_its_new_digest() -> None:
    item, reviewer = in_review(), make_reviewer()
    Citation.objects.filter(pk=item.pk).update(title="Slipped in")
    now = item_digest(Citation.objects.get(pk=item.pk))
    with refused(errors.ContentChanged, "has changed since it was submitted. Its editor must submit it again."):
        actions.approve([item], by=reviewer, digests={item: now})


def test_own_work_is_refused() -> None:
    item, reviewer = make_citation(), make_reviewer()
    submit(item, by=reviewer)
    with refused(errors.OwnWorkRefused, "so another person must review it."):
        actions.approve([item], by=reviewer, digests=digests_now(item))


def test_all_issues_are_named_not_only_the_first() -> None:
    condition, editor = make_condition(), make_editor()
    fact = make_fact(condition, sources=[], text="")
    with refused(errors.IssuesFound, "The text is empty.", "No source supports this fact."):
        actions.submit([fact], by=editor)


def test_an_approval_needs_what_it_rests_on_to_be_approved() -> None:
    source, reviewer = make_citation(), make_reviewer()
    condition = make_condition(sources=[source])
    submit(condition)
    with refused(errors.IssuesFound, "No source is approved yet."):
        actions.approve([condition], by=reviewer, digests=digests_now(condition))


@pytest.mark.parametrize("text", ["", "  \n"])
def test_changes_are_requested_and_items_retired_with_words_only(text: str) -> None:
    item, reviewer = in_review(), make_reviewer()
    with refused(errors.TransitionNotAllowed, "Say in the comment what should be changed in"):
        actions.request_changes([item], by=reviewer, comment=text)
    approve(item)
    with refused(errors.TransitionNotAllowed, "Give a reason to retire"):
        actions.retire([item], by=reviewer, reason=text)


def test_only_what_is_as_approved_can_be_confirmed() -> None:
    item, reviewer = make_citation(), make_reviewer()
    publish(item)
    Citation.objects.filter(pk=item.pk).update(title="Slipped in")
    with refused(errors.ContentChanged, "has changed since it was approved. Submit and review the change instead."):
        actions.confirm([item], by=reviewer)


def test_a_retirement_is_confirmed_once_and_by_another_person() -> None:
    item = make_citation()
    publish(item)
    first, second = retire(item), make_reviewer()
    with refused(errors.OwnWorkRefused, "You retired", "so a second person must confirm it."):
        actions.confirm([item], by=first)
    actions.confirm([item], by=second)
    with refused(errors.TransitionNotAllowed, "was confirmed before. There is nothing left to confirm."):
        actions.confirm([item], by=second)


def test_the_first_review_is_a_medical_one() -> None:
    source = make_citation()
    publish(source)
    condition, reviewer = make_condition(sources=[source]), make_reviewer()
    submit(condition)
    with refused(errors.TransitionNotAllowed, "was never reviewed medically"):
        actions.approve([condition], by=reviewer, digests=digests_now(condition), materiality="editorial")


def test_an_unknown_materiality_is_refused() -> None:
    item, reviewer = in_review(), make_reviewer()
    with refused(errors.TransitionNotAllowed, "“cosmetic” is no materiality. Choose one of: editorial, clinical."):
        actions.approve([item], by=reviewer, digests=digests_now(item), materiality="cosmetic")


def test_nothing_is_approved_while_a_revision_is_open_because_its_contributors_are_not_noted_yet() -> None:
    item, reviewer, editor = make_citation(), make_reviewer(), make_editor()

    def edit_and_approve() -> None:
        with reversion.create_revision():
            reversion.set_user(reviewer)
            item.title = "My own words"
            item.save()
            actions.submit([item], by=editor)
            actions.approve([item], by=reviewer, digests=digests_now(item))

    with refused(errors.TransitionNotAllowed, "revision that is still open"):
        edit_and_approve()


def test_one_refused_item_refuses_the_whole_batch_and_is_named_alone() -> None:
    good, bad, reviewer = in_review(title="Good"), make_citation(title="Bad"), make_reviewer()
    before = read_database()
    with pytest.raises(errors.TransitionNotAllowed) as caught:
        actions.approve([good, bad], by=reviewer, digests=digests_now(good, bad))
    assert caught.value.items == [bad]
    assert read_database() == before


def test_decisions_made_together_are_refused_together_each_item_with_its_sentence() -> None:
    mine, changed, good, reviewer = make_citation(title="Mine"), in_review(title="Old"), in_review(), make_reviewer()
    submit(mine, by=reviewer)
    shown = digests_now(mine, changed, good)
    edit(changed, title="New")
    choices = [
        actions.Choice(mine, Action.APPROVE, shown[mine]),
        actions.Choice(changed, Action.REQUEST_CHANGES, shown[changed], comment="Name the journal."),
        actions.Choice(good, Action.APPROVE, shown[good]),
    ]
    with refused(errors.Refused, "You changed “", "has changed since it was shown to you."):
        actions.decide(choices, by=reviewer)


@pytest.mark.parametrize(
    "statement",
    [
        {"interests": "", "interests_declared_on": None},
        {"interests": " ", "interests_declared_on": SIGNED},
        {"interests": "None.", "interests_declared_on": SIGNED - relativedelta(days=1)},
    ],
)
def test_medical_content_is_approved_and_confirmed_with_a_statement_of_the_last_year_only(statement: Any) -> None:
    item, public, reviewer = in_review(), make_citation(), make_reviewer(**statement)
    publish(public)
    with refused(errors.StatementMissing, "you need a statement of interests", "Sign it in your profile"):
        actions.approve([item], by=reviewer, digests=digests_now(item), at=NOW)
    with refused(errors.StatementMissing, "you need a statement of interests"):
        actions.confirm([public], by=reviewer, at=NOW)


def test_a_statement_lasts_a_year_to_the_day() -> None:
    item, reviewer = in_review(), make_reviewer(interests_declared_on=SIGNED)
    decision = actions.approve([item], by=reviewer, digests=digests_now(item), at=NOW)[0]
    assert (decision.actor_interests, decision.actor_interests_declared_on) == ("None.", SIGNED)


def test_a_change_of_wording_needs_no_statement() -> None:
    item, reviewer = make_citation(), make_reviewer(interests="", interests_declared_on=None)
    publish(item)
    submit(item, by=edit(item, title=f"The {item.title}"))
    assert actions.approve([item], by=reviewer, digests=digests_now(item), materiality="editorial")


def test_every_named_error_has_its_sentence_proved_in_the_tests_beside_this_one() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    named = [cls.__name__ for cls in errors.EditorialError.__subclasses__()]
    assert [name for name in named if f"{name}," not in tests and f"raises({name})" not in tests] == []


def test_a_refused_submission_leaves_the_review_as_it_was() -> None:
    condition, editor = make_condition(sources=[]), make_editor()
    before = Review.objects.filter(pk=condition.review_id).values().get()
    with pytest.raises(errors.IssuesFound):
        actions.submit([condition], by=editor)
    assert Review.objects.filter(pk=condition.review_id).values().get() == before
    assert review_of(condition).submitted_by is None
