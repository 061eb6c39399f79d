"""Artificial content on a database of its own: what is refused, and how it grows."""

import re
from typing import Any

import pytest
from django.core.management.base import CommandError

from comparisons.models import Comparison
from conditions.models import Condition, Fact
from editorial import actions
from editorial.auditing import audit
from editorial.models import Review, User
from tests.factories import make_condition
from tests.integration.test_generate_content import generate
from tests.steps import read_database


@pytest.mark.django_db
def test_a_condition_finds_its_neighbor_that_was_made_before() -> None:
    generate("--conditions", "1", "--facts", "3")
    assert not Comparison.objects.exists()

    generate("--conditions", "2", "--facts", "6")

    assert {c.slug for c in Comparison.objects.get().conditions.all()} == {"generated-1-1", "generated-1-2"}


@pytest.mark.django_db
def test_what_was_stopped_in_the_middle_leaves_whole_conditions_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    approve, calls = actions.approve, []

    def stop_at_the_second(*args: Any, **kwargs: Any) -> Any:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return approve(*args, **kwargs)

    monkeypatch.setattr(actions, "approve", stop_at_the_second)
    with pytest.raises(CommandError, match="the same command goes on from there"):
        generate("--conditions", "3", "--facts", "9")
    assert (Condition.objects.count(), Fact.objects.count()) == (1, 3)

    assert generate("--conditions", "3", "--facts", "9").startswith("6 facts generated")

    assert (Condition.objects.count(), Fact.objects.count(), Comparison.objects.count()) == (3, 9, 1)
    audit()


@pytest.mark.django_db
def test_another_seed_gives_other_words() -> None:
    generate("--conditions", "1", "--facts", "1", "--seed", "1")
    with pytest.raises(CommandError, match="not generated with the seed 2"):
        generate("--conditions", "1", "--facts", "1", "--seed", "2")


@pytest.mark.django_db
def test_it_refuses_to_stand_beside_real_content_and_changes_nothing() -> None:
    make_condition(slug="real")
    before = read_database()

    with pytest.raises(CommandError, match="Use an empty database; nothing was changed"):
        generate("--conditions", "1")

    assert read_database() == before


@pytest.mark.django_db
def test_it_refuses_in_production_unless_told(settings: Any) -> None:
    settings.IS_PRODUCTION = True

    with pytest.raises(CommandError, match="--in-production"):
        generate("--conditions", "1")

    assert not Review.objects.exists()
    assert "1 facts" in generate("--conditions", "1", "--facts", "1", "--in-production")
    # Nobody may come in with a password that everybody can read.
    assert not any(user.has_usable_password() for user in User.objects.all())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--conditions", "0"], "--conditions must be between 1 and 30,000."),
        (["--conditions", "2", "--facts", "1"], "--facts must be between 2 and 6,000, 1 to 3,000 each."),
        (["--seed", "-1"], "--seed must be 0 or more."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=re.escape(sentence)):
        generate(*arguments)
