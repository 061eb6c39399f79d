"""A fact stands under a subtype that readers know, and never under itself."""

import pytest

from conditions.models import Fact, Subtype
from editorial.checks import Severity, find_issues
from editorial.freezing import load_fresh
from tests.factories import make_condition, make_fact, publish
from tests.steps import edit

pytestmark = pytest.mark.django_db


def codes(fact: Fact, *batch: object) -> dict[str, Severity]:
    loaded = next(iter(load_fresh([fact]).values()))
    return {issue.code: issue.severity for issue in find_issues([loaded], batch=batch)[loaded]}


def test_a_subtype_must_be_approved_with_its_condition() -> None:
    condition = make_condition()
    subtype = Subtype.objects.create(condition=condition, slug="mild", name="Mild", definition="D")
    fact = make_fact(condition, subtype=subtype)
    assert codes(fact)["subtype-unapproved"] == Severity.DEPENDENCY
    assert "subtype-unapproved" not in codes(fact, condition)

    publish(*condition.definition_citations.all(), condition)

    assert "subtype-unapproved" not in codes(fact)


def test_a_subtype_added_since_the_approval_is_not_known_to_readers() -> None:
    condition = make_condition()
    publish(*condition.definition_citations.all(), condition)
    fact = make_fact(condition, subtype=Subtype.objects.create(condition=condition, slug="new", name="New"))

    assert "subtype-unapproved" in codes(fact)


def test_facts_in_a_circle_are_an_error_for_each_of_them() -> None:
    condition = make_condition()
    facts = [make_fact(condition) for _ in range(3)]
    for fact, above in zip(facts, [*facts[1:], facts[0]], strict=True):
        edit(fact, parent=above)

    assert {codes(fact)["parent-circle"] for fact in facts} == {Severity.ERROR}
    below = make_fact(condition, parent=facts[0])
    assert "parent-circle" not in codes(below)


def test_a_list_in_a_list_is_no_circle() -> None:
    condition = make_condition()
    top = make_fact(condition)
    middle = make_fact(condition, parent=top)
    bottom = make_fact(condition, parent=middle)

    assert not any("parent-circle" in codes(fact) for fact in (top, middle, bottom))
