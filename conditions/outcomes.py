"""What became of reports from readers, in a fixed sentence for each statement. Plain values, no queries."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from django.utils.translation import ngettext

from conditions.presenting import say_date


class Reported(Protocol):
    """What an Edition tells of reports about its page."""

    report_outcomes: Sequence[dict[str, Any]]


def say_outcomes(edition: Reported) -> dict[str, str]:
    """{key of the statement, or "" for the page as a whole: “3 readers reported this; corrected on 3 May 2026.”}

    Of each the newest result, with all the readers who had it. What was taken back says nothing.
    """
    by_part: dict[str, list[dict[str, Any]]] = {}
    for outcome in _still_told(edition.report_outcomes):
        by_part.setdefault(outcome["part"], []).append(outcome)
    return {part: _say(outcomes) for part, outcomes in by_part.items()}


def _still_told(outcomes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outcomes of which readers are left, each without the readers of whom it was taken back."""
    told: dict[int, dict[str, Any]] = {}
    for outcome in outcomes:
        if outcome["result"] != "taken_back":
            told[outcome["id"]] = dict(outcome)
        elif outcome["takes_back"] in told:
            told[outcome["takes_back"]]["readers"] -= outcome["readers"]
        elif outcome["takes_back"] is None:
            # A row of before they named what they take back: it meant all of its part until then.
            told = {key: earlier for key, earlier in told.items() if earlier["part"] != outcome["part"]}
    return [outcome for outcome in told.values() if outcome["readers"] > 0]


def _say(outcomes: Sequence[dict[str, Any]]) -> str:
    newest = outcomes[-1]
    alike = [each for each in outcomes if (each["result"], each["on"]) == (newest["result"], newest["on"])]
    readers = sum(each["readers"] for each in alike)
    if newest["result"] == "corrected":
        sentence = ngettext(
            "%(count)d reader reported this; corrected on %(day)s.",
            "%(count)d readers reported this; corrected on %(day)s.",
            readers,
        )
    else:
        sentence = ngettext(
            "%(count)d reader reported this; checked on %(day)s, no change needed.",
            "%(count)d readers reported this; checked on %(day)s, no change needed.",
            readers,
        )
    return sentence % {"count": readers, "day": say_date(date.fromisoformat(newest["on"]))}
