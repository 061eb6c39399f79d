"""Invariants 1, 2 and 8 by chance: whatever people do, readers see the words that were approved and no other."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.integration.leaks.machine import Newsroom

pytestmark = pytest.mark.django_db

PROFILES = {"default": (6, 12), "long": (60, 40)}
"""Examples and steps of each; HYPOTHESIS_PROFILE=long plays for some minutes."""


def play(profile: str, *, phases: tuple[Phase, ...] = (Phase.generate,)) -> None:
    examples, steps = PROFILES[profile]
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=profile == "default",
            phases=phases,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )


@pytest.mark.slow
def test_readers_see_exactly_what_is_approved_whatever_people_do() -> None:
    play(os.environ.get("HYPOTHESIS_PROFILE", "default"))
