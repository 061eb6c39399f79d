"""The chain of decisions: each row's hash covers all that it says and the row before it."""

from datetime import timedelta, timezone
from typing import Any

import pgtrigger
import pytest
from django.utils import timezone as clock

from editorial import actions, chain
from editorial.models import Decision
from tests.factories import make_citation, make_editor, make_reviewer, publish
from tests.steps import revise

pytestmark = pytest.mark.django_db


def read_chain() -> list[Decision]:
    return list(Decision.objects.in_order())


def forge(decision: Decision, **values: Any) -> None:
    """What somebody with full rights on the database can do, past the triggers."""
    with pgtrigger.ignore():
        Decision.objects.filter(pk=decision.pk).update(**values)


def test_the_chain_is_whole_after_all_that_people_do() -> None:
    item, other = make_citation(), make_citation(title="Ünïcode “quoted” \u2028 and 🙂")
    publish(item, other)
    revise(item, title="Changed")
    actions.confirm([other], by=make_reviewer(), comment="Read again.")
    actions.retire([item], by=make_reviewer(), reason="Wrong.")

    decisions = read_chain()
    assert len(decisions) == 8
    assert chain.find_break(decisions) is None


def test_a_time_given_in_another_zone_is_the_same_moment_when_it_is_read_again() -> None:
    in_india = clock.now().astimezone(timezone(timedelta(hours=5, minutes=30)))
    actions.submit([make_citation()], by=make_editor(), at=in_india)

    assert chain.find_break(read_chain()) is None


@pytest.mark.parametrize(
    "values",
    [
        {"comment": "I said something else."},
        {"actor_name": "Dr Somebody"},
        {"actor_credentials": "MD"},
        {"actor_interests_declared_on": "2020-01-01"},
        {"is_demonstration": True},
        {"materiality": "editorial"},
        {"content": {"content": {}, "derived": {}}},
        {"digest": "0" * 64},
        {"reviewed_on": "2020-01-01"},
        {"review_by": "2030-01-01"},
        {"at": "2020-01-01T00:00:00+00:00"},
        {"stands_on": ["citation:forged"]},
    ],
)
def test_a_changed_decision_breaks_the_chain_there(values: dict[str, Any]) -> None:
    publish(make_citation(), make_citation())
    approval = Decision.objects.filter(action="approve").first()

    forge(approval, **values)

    assert f"Decision {approval.pk} is not what was recorded" in (chain.find_break(read_chain()) or "")


def test_a_removed_decision_breaks_the_chain_at_the_next() -> None:
    publish(make_citation(), make_citation())
    removed, following = read_chain()[:2]

    with pgtrigger.ignore():
        Decision.objects.filter(pk=removed.pk).delete()

    assert f"Decision {following.pk} does not follow" in (chain.find_break(read_chain()) or "")


def test_an_exchanged_order_breaks_the_chain() -> None:
    publish(make_citation())
    first, second = read_chain()

    assert chain.find_break([second, first]) is not None


def test_every_column_of_a_decision_is_hashed() -> None:
    columns = {field.attname for field in Decision._meta.concrete_fields}

    assert columns - {*chain._HASHED, *chain._HASHED_LATER} == {"id", "hash"}
