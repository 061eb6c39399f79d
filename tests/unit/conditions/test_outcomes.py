"""The sentence about reports at a statement: how many readers, what came of it, and what was taken back."""

from types import SimpleNamespace
from typing import Any

from conditions.outcomes import say_outcomes

TAKEN_BACK = "taken_back"


def told(number: int, *, part: str = "a", result: str = "unchanged", readers: int = 1, takes_back: int | None = None):
    row = {"id": number, "part": part, "result": result, "readers": readers}
    return {**row, "on": "2026-05-03", "takes_back": takes_back}


def say(*outcomes: dict[str, Any]) -> dict[str, str]:
    return say_outcomes(SimpleNamespace(report_outcomes=outcomes))


def test_only_the_readers_of_what_is_taken_back_are_subtracted() -> None:
    said = say(told(1, readers=3), told(2, part="b"), told(3, result=TAKEN_BACK, takes_back=1))

    assert said["a"].startswith("2 readers reported this; checked on 3 May 2026")
    assert said["b"].startswith("1 reader reported this")


def test_without_readers_the_result_before_is_told() -> None:
    said = say(told(1, result="corrected"), told(2), told(3, result=TAKEN_BACK, takes_back=2))

    assert said == {"a": "1 reader reported this; corrected on 3 May 2026."}


def test_a_row_that_names_nothing_takes_back_all_of_its_part_until_then() -> None:
    earlier = [told(1, readers=2), told(2, part="b"), told(3, result=TAKEN_BACK)]

    assert list(say(*earlier)) == ["b"]
    assert say(*earlier, told(4))["a"].startswith("1 reader")
    assert list(say(*earlier, told(4, result=TAKEN_BACK, takes_back=1))) == ["b"]
