"""Out of the public pages, with a notice; and back only by a new approval."""

import pytest

from editorial import actions, editions
from editorial.history import History
from editorial.models import Edition, Review
from tests.factories import make_citation, make_condition, make_fact, make_reviewer, publish
from tests.steps import approve, current, edit, retire, review_of, revise, submit, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return make_citation()


@pytest.fixture
def condition(source):
    condition = make_condition(slug="hardening", sources=[source])
    publish(source, condition)
    return condition


def test_a_retired_fact_leaves_its_page_and_the_page_stays(condition, source) -> None:
    fact, other = (make_fact(condition, sources=[source], text=text) for text in ("One.", "Two."))
    publish(fact, other)
    retire(fact)

    assert texts_of(condition) == ["Two."]
    assert review_of(fact).status == "retired"
    assert current(condition).change_note.startswith("1 statement removed")


def test_a_retired_subject_leaves_a_tombstone_without_its_words(condition) -> None:
    retire(condition)

    tombstone = current(condition)
    assert (tombstone.is_withdrawn, tombstone.content, tombstone.tags) == (True, {}, [])
    with pytest.raises(editions.Withdrawn, match="This page was withdrawn on"):
        editions.get_current("condition", "hardening")
    assert not Edition.objects.public().filter(kind="condition").exists()


def test_the_private_reason_is_in_no_edition(condition) -> None:
    actions.retire([condition], by=make_reviewer(), reason="SECRET REASON")

    assert not [row for row in Edition.objects.values() if "SECRET REASON" in str(row)]


def test_one_reviewer_retires_at_once_and_the_item_waits_for_a_second_person(condition) -> None:
    first = retire(condition)
    assert condition.review in Review.objects.waiting()

    second = make_reviewer()
    actions.confirm([condition], by=second)

    assert condition.review not in Review.objects.waiting()
    assert review_of(condition).status == "retired"
    assert first != second


def test_an_item_with_a_pending_change_is_retired_too(condition) -> None:
    edit(condition, name="Pending name")
    retire(condition)

    assert current(condition).is_withdrawn
    assert review_of(condition).status == "retired"


def test_a_retired_item_comes_back_by_submission_and_another_persons_approval_only(condition, source) -> None:
    fact = make_fact(condition, sources=[source], text="One.")
    publish(fact)
    retire(fact)
    editor = edit(fact, text="Mended.")
    assert texts_of(condition) == []
    submit(fact, by=editor)
    assert texts_of(condition) == []

    approve(fact)

    assert texts_of(condition) == ["Mended."]
    assert not review_of(fact).needs_second_person


def test_a_page_that_comes_back_starts_a_new_history(condition) -> None:
    retire(condition)
    revise(condition, name="New name")

    edition = editions.get_current("condition", "hardening")
    assert [e.number for e in History(edition)[:10]] == [3]
    with pytest.raises(editions.Withdrawn):
        editions.get_numbered("condition", "hardening", 1)


def test_a_second_retirement_is_told_from_the_first(condition, source) -> None:
    fact = make_fact(condition, sources=[source])
    publish(fact)
    retire(fact)
    revise(fact, text="Mended.")
    retire(fact)

    newest = fact.review.decisions.filter(action="retire").order_by("pk").last()
    assert review_of(fact).retirement == newest
    assert current(condition).content["withdrawn"] == {f"fact:{fact.key}": newest.pk}


def test_the_facts_of_a_retired_condition_are_on_no_current_page(condition, source) -> None:
    publish(make_fact(condition, sources=[source], text="Orphaned words."))
    retire(condition)

    assert not [e for e in Edition.objects.current() if "Orphaned words." in str(e.content)]


def test_a_history_brings_no_contents_along(condition) -> None:
    edition = History(editions.get_current("condition", "hardening"))[:1][0]

    assert {"content", "summary", "manifest", "tags"} <= edition.get_deferred_fields()
