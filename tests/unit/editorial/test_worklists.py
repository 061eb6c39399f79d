"""The lists of work: who finds what in which, on which day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conditions.models import Bearing, Integrity
from editorial import actions
from editorial.models import Review, User
from editorial.worklists import count_each, count_worklists, list_worklists
from tests.factories import (
    make_administrator,
    make_citation,
    make_condition,
    make_editor,
    make_fact,
    make_faq,
    make_reviewer,
    make_user,
    publish,
)
from tests.steps import approve, digests_now, edit, retire, submit

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
LISTS = {worklist.name: worklist for worklist in list_worklists()}


def names(user: User, name: str) -> list[str]:
    """Keys of what the person finds in the list today, in its order."""
    return [review.key for review in LISTS[name].find(user, on=TODAY)]


@pytest.fixture
def condition():
    condition = make_condition(slug="made-up")
    publish(*condition.definition_citations.all(), condition)
    return condition


@pytest.fixture
def source(condition):
    return condition.definition_citations.get()


@pytest.fixture
def facts(condition, source):
    """Three drafts."""
    return [make_fact(condition, sources=[source], key=f"fact-of-{number}") for number in ("one", "two", "three")]


def test_my_drafts_are_those_that_i_changed_since_they_were_approved(facts, editor):
    other = make_editor()
    edit(facts[0], by=editor, text="Changed by me.")
    edit(facts[1], by=other, text="Changed by another.")
    edit(facts[2], by=editor, text="Changed by both.")
    edit(facts[2], by=other, text="Changed by both of us.")

    assert set(names(editor, "my-drafts")) == {"fact-of-one", "fact-of-three"}
    assert set(names(other, "my-drafts")) == {"fact-of-two", "fact-of-three"}


def test_what_i_submitted_or_what_was_approved_is_no_draft_of_mine_any_more(facts, editor):
    edit(facts[0], by=editor, text="Changed by me.")
    submit(facts[0], by=editor)
    assert names(editor, "my-drafts") == []

    approve(facts[0])
    edit(facts[0], by=make_editor(), text="Changed by another after that.")
    assert names(editor, "my-drafts") == []


def test_what_is_sent_back_to_me_is_what_i_submitted(facts, editor, reviewer):
    submit(facts[0], by=editor)
    submit(facts[1], by=make_editor())
    for fact in facts[:2]:
        actions.request_changes([fact], by=reviewer, comment="Say it in other words.")

    assert names(editor, "returned") == ["fact-of-one"]
    assert len(names(editor, "sent-back")) == 2


def test_what_was_submitted_first_waits_first_for_a_reviewer(facts, editor, reviewer):
    now = timezone.now()
    for fact, days in zip(facts, (1, 3, 2), strict=True):
        actions.submit([fact], by=editor, at=now - timedelta(days=days))

    assert names(reviewer, "to-review") == ["fact-of-two", "fact-of-three", "fact-of-one"]


def test_what_is_assigned_waits_for_that_reviewer_only(facts, editor, reviewer):
    other = make_reviewer()
    submit(*facts, by=editor)
    actions.assign([facts[0]], by=reviewer, reviewer=reviewer)
    actions.assign([facts[1]], by=reviewer, reviewer=other)

    assert set(names(reviewer, "to-review")) == {"fact-of-one", "fact-of-three"}
    assert set(names(other, "to-review")) == {"fact-of-two", "fact-of-three"}
    assert len(names(reviewer, "waiting")) == 3


def test_own_work_does_not_wait_for_ones_own_review(facts, editor, reviewer):
    edit(facts[0], by=reviewer, text="Changed by the reviewer.")
    submit(*facts[:2], by=editor)

    assert names(reviewer, "to-review") == ["fact-of-two"]


def test_nothing_waits_for_the_review_of_an_editor(facts, editor):
    submit(*facts, by=make_editor())

    assert names(editor, "to-review") == []


def test_a_reviewer_finds_only_the_kinds_that_they_may_decide_on(facts, editor, condition, source):
    faq = make_faq(condition, sources=[source], slug="asked")
    submit(facts[0], faq, by=editor)
    limited = make_user()
    limited.user_permissions.add(*_rights("view_review", "decide_item", "view_faq"))

    assert names(User.objects.get(pk=limited.pk), "to-review") == ["asked"]


def test_what_is_approved_for_later_waits_for_nobody(facts, editor, reviewer):
    submit(*facts[:2], by=editor)
    later = timezone.now() + timedelta(days=2)
    approve(facts[0], by=make_reviewer(), publish_at=later)

    assert names(reviewer, "to-review") == names(reviewer, "waiting") == ["fact-of-two"]
    assert names(reviewer, "scheduled") == ["fact-of-one"]


def test_what_is_public_first_is_first_of_what_is_approved_for_later(facts, editor, reviewer):
    submit(*facts, by=editor)
    for fact, days in zip(facts, (3, 1, 2), strict=True):
        approve(fact, by=reviewer, publish_at=timezone.now() + timedelta(days=days))

    assert names(editor, "scheduled") == ["fact-of-two", "fact-of-three", "fact-of-one"]


def test_what_was_changed_before_its_time_could_not_be_published(facts, editor, reviewer):
    submit(facts[0], by=editor)
    approve(facts[0], by=reviewer, publish_at=timezone.now() + timedelta(days=1))
    edit(facts[0], by=editor, text="Changed meanwhile.")

    assert names(editor, "unpublished") == ["fact-of-one"]
    assert names(editor, "scheduled") == []


def test_a_retirement_waits_for_the_second_person_until_it_is_confirmed(facts, reviewer):
    publish(facts[0])
    retire(facts[0])
    assert names(reviewer, "second") == ["fact-of-one"]

    actions.confirm([facts[0]], by=reviewer, digests=digests_now(facts[0]))
    assert names(reviewer, "second") == []


def test_what_rests_on_a_retired_source_needs_a_recheck(facts, condition, source, editor):
    publish(facts[0])
    retire(source)

    assert names(editor, "recheck") == [condition.slug, "fact-of-one"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-400, "overdue"), (-1, "overdue"), (0, "due"), (30, "due"), (31, None)],
)
def test_a_review_is_due_for_a_month_and_then_overdue(facts, editor, days, expected):
    publish(facts[0])
    Review.objects.filter(pk=facts[0].review_id).update(review_by=TODAY + timedelta(days=days))

    found = [name for name in ("overdue", "due") if "fact-of-one" in names(editor, name)]

    assert found == ([expected] if expected else [])


def test_what_is_not_public_is_never_due(facts, editor):
    Review.objects.filter(pk=facts[0].review_id).update(review_by=TODAY - timedelta(days=9))

    assert names(editor, "overdue") == []


@pytest.mark.parametrize("integrity", [Integrity.CONCERN, Integrity.RETRACTED, Integrity.SUPERSEDED])
def test_a_source_that_is_not_sound_is_listed_while_something_cites_it(facts, editor, integrity):
    unsound = make_citation(key="roe-2020", integrity=integrity)
    assert names(editor, "sources") == []

    facts[0].sources.create(citation=unsound, position=1)
    assert names(editor, "sources") == ["roe-2020"]


@pytest.mark.parametrize("integrity", [Integrity.CURRENT, Integrity.CORRECTED])
def test_a_sound_source_is_not_listed(facts, editor, integrity):
    facts[0].sources.create(citation=make_citation(integrity=integrity), position=1)

    assert names(editor, "sources") == []


def test_a_retired_source_is_listed_while_a_public_text_or_a_draft_rests_on_it(facts, condition, source, editor):
    publish(facts[0])
    retire(source)
    assert names(editor, "sources") == [source.key]

    for fact in facts:
        fact.sources.all().delete()
    condition.definition_citations.clear()
    assert names(editor, "sources") == [source.key]  # The public texts still name it.


@pytest.mark.parametrize("is_public", [True, False])
def test_an_unsound_source_may_stand_in_a_fact_as_superseded_or_contradicting(facts, editor, is_public):
    unsound = make_citation(integrity=Integrity.SUPERSEDED)
    facts[0].sources.create(citation=unsound, position=1, bearing=Bearing.SUPERSEDED)
    if is_public:
        publish(unsound, facts[0])

    assert names(editor, "sources") == []


def test_drafts_and_all_hold_everybodys(facts, condition, source, editor):
    edit(facts[0], by=make_editor(), text="Changed by another.")

    assert set(names(editor, "drafts")) == {fact.key for fact in facts}
    assert set(names(editor, "all")) == {condition.slug, source.key, *(fact.key for fact in facts)}


OF_EDITORS = ["returned", "my-drafts", "unpublished", "recheck", "overdue", "due", "sources"]
OF_REVIEWERS = [*OF_EDITORS[:2], "second", *OF_EDITORS[2:]]


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (make_editor, OF_EDITORS),
        (make_reviewer, ["to-review", *OF_REVIEWERS]),
        (make_administrator, []),
        (make_user, []),
    ],
)
def test_everybody_gets_the_lists_of_their_own_work(make, expected):
    assert [worklist.name for worklist, _ in count_worklists(make(), on=TODAY)] == expected


def test_all_counts_take_one_query(facts, editor, reviewer, django_assert_num_queries):
    submit(*facts[:2], by=editor)
    actions.request_changes([facts[1]], by=reviewer, comment="Why?")
    edit(facts[2], by=reviewer, text="Changed by the reviewer.")
    reviewer.has_perm("editorial.view_review")  # The rights of a person are read once.

    with django_assert_num_queries(1):
        counted = {worklist.name: count for worklist, count in count_worklists(reviewer, on=TODAY)}

    assert counted == {
        **dict.fromkeys(["to-review", *OF_REVIEWERS], 0),
        **{"to-review": 1, "my-drafts": 1},
    }


def test_counts_are_those_of_the_lists(facts, condition, source, editor, reviewer):
    publish(facts[0])
    submit(facts[1], by=editor)
    retire(source)

    counts = count_each(LISTS.values(), reviewer, on=TODAY)

    assert counts == {name: len(names(reviewer, name)) for name in LISTS}
    assert counts["sources"] == counts["waiting"] == 1


def test_each_list_has_a_name_of_its_own_and_an_address():
    assert len(LISTS) == len(list_worklists())
    assert all(worklist.url.endswith(f"?tab={worklist.name}") for worklist in LISTS.values())
    assert all(worklist.empty.endswith(".") for worklist in LISTS.values())


def _rights(*codenames):
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename__in=codenames)
