"""Who is asked to review: only somebody who may, all items or none; and it binds nobody."""

from datetime import date

import pytest

from conditions.models import Citation
from editorial import actions, errors
from tests.factories import make_administrator, make_citation, make_editor, make_reviewer, publish
from tests.steps import approve, edit, read_database, review_of, submit

pytestmark = pytest.mark.django_db
DUE = date(2030, 5, 1)


def in_review():
    item = make_citation()
    submit(item)
    return item


def assert_refused(error, *items, by, reviewer, sentence):
    before = read_database()
    with pytest.raises(error) as caught:
        actions.assign(items, by=by, reviewer=reviewer, due_on=DUE)
    assert sentence in str(caught.value)
    assert read_database() == before
    return caught.value


def test_a_reviewer_assigns_a_colleague_until_a_day():
    items, colleague = [in_review(), in_review()], make_reviewer()

    actions.assign(items, by=make_reviewer(), reviewer=colleague, due_on=DUE)

    assert [(r.reviewer, r.due_on) for r in map(review_of, items)] == [(colleague, DUE)] * 2


def test_the_due_date_may_be_left_out_and_a_new_assignment_replaces_the_old_one():
    item, first, second = in_review(), make_reviewer(), make_reviewer()

    actions.assign([item], by=first, reviewer=first, due_on=DUE)
    actions.assign([item], by=first, reviewer=second)

    assert (review_of(item).reviewer, review_of(item).due_on) == (second, None)


def test_without_a_reviewer_there_is_no_due_date_either():
    item, reviewer = in_review(), make_reviewer()
    actions.assign([item], by=reviewer, reviewer=reviewer, due_on=DUE)

    actions.assign([item], by=reviewer, reviewer=None, due_on=DUE)

    assert (review_of(item).reviewer, review_of(item).due_on) == (None, None)


@pytest.mark.parametrize("make", [make_editor, make_administrator])
def test_who_may_not_decide_may_not_assign(make):
    assert_refused(
        errors.NotPermitted, in_review(), by=make(), reviewer=make_reviewer(), sentence="You do not have the right"
    )


def test_who_may_not_decide_is_not_asked_to():
    editor = make_editor(first_name="Edna")
    sentence = "Edna may not decide on"
    assert_refused(errors.TransitionNotAllowed, in_review(), by=make_reviewer(), reviewer=editor, sentence=sentence)


def test_who_left_is_not_asked_to_decide():
    leaver = make_reviewer(first_name="Lea", is_active=False)
    sentence = "Lea may not decide on"
    assert_refused(errors.TransitionNotAllowed, in_review(), by=make_reviewer(), reviewer=leaver, sentence=sentence)


def test_nobody_is_asked_to_decide_on_own_work_and_all_items_stay_as_they_were():
    good, own, author = in_review(), make_citation(title="Own"), make_reviewer(first_name="Ada")
    edit(own, by=author, title="Ada’s words")
    submit(own)

    refusal = assert_refused(
        errors.TransitionNotAllowed, good, own, by=make_reviewer(), reviewer=author, sentence="Ada changed “"
    )

    assert refusal.items == [own]


def test_an_unsaved_item_is_named():
    with pytest.raises(errors.TransitionNotAllowed, match="“new: New” is not saved yet"):
        actions.assign([Citation(key="new", title="New")], by=make_reviewer(), reviewer=None)


def test_another_reviewer_may_still_decide_and_the_due_date_ends_with_the_decision():
    item, assigned = in_review(), make_reviewer()
    actions.assign([item], by=assigned, reviewer=assigned, due_on=DUE)

    approve(item, by=make_reviewer())

    assert review_of(item).due_on is None


def test_what_is_public_can_be_assigned_to_be_checked_again_and_stays_as_it_is():
    item, reviewer = make_citation(), make_reviewer()
    publish(item)
    before = review_of(item)

    actions.assign([item], by=reviewer, reviewer=reviewer, due_on=DUE)

    after = review_of(item)
    assert (after.status, after.approval, after.digest) == (before.status, before.approval, before.digest)
