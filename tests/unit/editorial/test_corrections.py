"""A correction is signed by who approves it, goes with the approval into the record, and by the edition to readers."""

from datetime import timedelta

import pgtrigger
import pytest
from django.utils import timezone

from conditions.models import Fact
from editorial import actions, chain, errors
from editorial.auditing import AuditBroken, audit
from editorial.models import Decision, Edition
from tests.factories import make_citation, make_condition, make_fact, make_reviewer, publish
from tests.steps import approve, current, digests_now, edit, review_of, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def fact() -> Fact:
    source = make_citation()
    condition = make_condition(sources=[source])
    fact = make_fact(condition, sources=[source], key="stiff", text="It takes 7 years.")
    publish(source, condition, fact)
    return fact


def change(fact: Fact, text: str = "It takes 9 years.") -> None:
    submit(fact, by=edit(fact, text=text))


def test_a_signed_correction_is_in_the_approval_and_in_the_edition_that_it_makes(fact: Fact) -> None:
    change(fact)
    (decision,) = approve(fact, is_correction=True)

    assert decision.is_correction
    assert current(fact.condition).corrects == ["fact:stiff"]
    assert chain.find_break(Decision.objects.in_order()) is None
    audit()


def test_the_next_edition_does_not_tell_of_it_again(fact: Fact) -> None:
    change(fact)
    approve(fact, is_correction=True)
    change(fact, "It takes 9 to 10 years.")
    approve(fact)

    assert current(fact.condition).corrects == []


def test_only_those_that_are_ticked_are_corrections(fact: Fact) -> None:
    other = make_fact(fact.condition, sources=[make_citation()])
    submit(*other.citations.all(), other)
    change(fact)
    items = [fact, other, *other.citations.all()]
    actions.approve(items, by=make_reviewer(), digests=digests_now(*items), is_correction=[fact])

    assert current(fact.condition).corrects == ["fact:stiff"]


def test_what_was_never_public_corrects_nothing_that_readers_have_seen(fact: Fact) -> None:
    new = make_fact(fact.condition, sources=[*fact.citations.all()])
    submit(new)

    with pytest.raises(errors.TransitionNotAllowed, match="was never public"):
        approve(new, is_correction=True)


def test_what_was_withdrawn_and_comes_back_may_be_a_correction(fact: Fact) -> None:
    actions.retire([fact], by=make_reviewer(), reason="Wrong.")
    change(fact)
    approve(fact, is_correction=True)

    assert current(fact.condition).corrects == ["fact:stiff"]


def test_a_change_of_wording_only_is_no_correction(fact: Fact) -> None:
    change(fact, "It lasts 7 years.")

    with pytest.raises(errors.TransitionNotAllowed, match="correction and a change of wording"):
        approve(fact, is_correction=True, materiality="editorial")


def test_a_correction_for_later_is_told_when_it_is_public(fact: Fact) -> None:
    change(fact)
    later = timezone.now() + timedelta(days=1)
    approve(fact, is_correction=True, publish_at=later)
    assert current(fact.condition).corrects == []

    actions.publish_due(at=later)

    assert current(fact.condition).corrects == ["fact:stiff"]
    assert chain.find_break(Decision.objects.in_order()) is None


def test_the_flag_is_part_of_the_hash_and_of_the_audit(fact: Fact) -> None:
    change(fact)
    (decision,) = approve(fact)
    with pgtrigger.ignore():
        Decision.objects.filter(pk=decision.pk).update(is_correction=True)

    assert chain.find_break(Decision.objects.in_order()) is not None


def test_an_edition_that_claims_a_correction_nobody_signed_breaks_the_audit(fact: Fact) -> None:
    with pgtrigger.ignore():
        Edition.objects.filter(kind="condition").update(corrects=["fact:stiff"])

    with pytest.raises(AuditBroken, match="nobody signed that it corrects fact:stiff"):
        audit()


def test_a_batch_decides_for_each_item_whether_it_is_a_correction(fact: Fact) -> None:
    change(fact)
    choice = actions.Choice(fact, "approve", review_of(fact).digest, is_correction=True)
    actions.decide([choice], by=make_reviewer())

    assert current(fact.condition).corrects == ["fact:stiff"]
