"""Approved stands on approved: when the ground moves, what stands on it is listed to be looked at again."""

from collections.abc import Callable

import pytest

from comparisons.models import FAQ, Comparison, Point, Section
from conditions.models import Citation, Condition, Fact, Term
from editorial import actions
from editorial.models import Review, ReviewedItem
from tests.factories import make_citation, make_comparison, make_condition, make_fact, make_faq, make_reviewer, publish
from tests.steps import approve, edit, retire, review_of, revise, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Citation:
    """A source that a fact, a condition, a comparison, an FAQ and a term cite, all public, beside a sound one."""
    source, sound = make_citation(key="doubtful"), make_citation(key="sound")
    condition, other = (make_condition(slug=slug, sources=[source, sound]) for slug in ("a", "b"))
    fact = make_fact(condition, key="fact", sources=[source, sound])
    comparison = make_comparison(condition, other, slug="c", answer="They differ [@doubtful] [@sound].")
    Point.objects.create(comparison=comparison, kind="difference", text="Differs.").rests_on.add(fact)
    faq = make_faq(condition, slug="f", sources=[source, sound])
    faq.comparisons.add(comparison)
    term = Term.objects.create(slug="t", preferred="T", definition="Words.")
    term.citations.set([source, sound])
    publish(source, sound, condition, other, fact, comparison, faq, term)
    return source


def marked() -> set[str]:
    return {str(review) for review in Review.objects.filter(needs_recheck=True)}


CITING = {"condition a", "condition b", "fact fact", "comparison c", "faq f", "term t"}


@pytest.mark.parametrize("integrity", ["retracted", "superseded", "concern"])
def test_what_cites_an_unsound_source_must_be_looked_at_again(source: Citation, integrity: str) -> None:
    edit(source, integrity=integrity)
    assert marked() == set()

    submit(source)
    approve(source)

    assert marked() == CITING
    assert Review.objects.waiting().count() == len(CITING)


def test_what_cites_a_retired_source_must_be_looked_at_again(source: Citation) -> None:
    retire(source)

    assert marked() == CITING
    reasons = {r for review in Review.objects.filter(needs_recheck=True) for r in review.recheck_reasons}
    assert reasons == {"Its source “doubtful” was retired."}


def test_a_corrected_title_needs_no_new_look(source: Citation) -> None:
    revise(source, title="Corrected")

    assert marked() == set()


def test_what_rests_on_a_changed_fact_must_be_looked_at_again(source: Citation) -> None:
    revise(Fact.objects.get(), text="Changed.")

    assert marked() == {"comparison c"}
    assert review_of(Comparison.objects.get()).recheck_reasons == [
        "The fact “fact”, on which it rests, has changed.",
    ]


def test_a_pending_change_of_a_fact_marks_nothing_yet(source: Citation) -> None:
    edit(Fact.objects.get(), text="Changed.")

    assert marked() == set()


def test_a_section_rests_on_its_facts_too(source: Citation) -> None:
    comparison, fact = Comparison.objects.get(), Fact.objects.get()
    Point.objects.all().delete()
    Section.objects.create(comparison=comparison, heading="H", lead="L").rests_on.add(fact)
    submit(comparison)
    approve(comparison)

    revise(fact, text="Changed.")

    assert marked() == {"comparison c"}


@pytest.mark.parametrize(
    ("find", "expected"),
    [
        (lambda: Fact.objects.get(), {"comparison c"}),
        (lambda: Condition.objects.get(slug="a"), {"comparison c", "faq f"}),
        (lambda: Comparison.objects.get(), {"faq f"}),
        (lambda: FAQ.objects.get(), set()),
    ],
)
def test_what_rests_on_a_retired_item_must_be_looked_at_again(
    source: Citation, find: Callable[[], ReviewedItem], expected: set[str]
) -> None:
    retire(find())

    assert marked() == expected


def test_items_decided_in_the_same_batch_need_no_new_look(source: Citation) -> None:
    fact, comparison = Fact.objects.get(), Comparison.objects.get()
    edit(fact, text="Changed.")
    edit(comparison, answer="They differ otherwise [@sound].")
    submit(fact, comparison)

    approve(fact, comparison)

    assert marked() == set()


def test_a_new_look_ends_by_confirming_or_by_a_new_approval(source: Citation) -> None:
    retire(source)
    fact, term = Fact.objects.get(), Term.objects.get()
    actions.confirm([fact], by=make_reviewer())
    revise(term, definition="Other words.")

    assert marked() == CITING - {"fact fact", "term t"}
    assert review_of(fact).recheck_reasons == review_of(term).recheck_reasons == []


def test_mended_wording_does_not_end_a_new_look_because_nobody_looked_at_the_medicine(source: Citation) -> None:
    retire(source)
    term = Term.objects.get()
    edit(term, definition="Mended words.")
    submit(term)
    approve(term, materiality="editorial")

    assert "term t" in marked()
    assert review_of(term).recheck_reasons == ["Its source “doubtful” was retired."]


def test_reasons_are_collected_each_once(source: Citation) -> None:
    fact = Fact.objects.get()
    revise(fact, text="Changed.")
    revise(fact, text="Changed again.")
    retire(fact)

    assert len(review_of(Comparison.objects.get()).recheck_reasons) == 2
