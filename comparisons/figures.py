"""Which numbers of two to four conditions are drawn together: one of each condition, as alike as there are. Pure."""

from collections.abc import Iterable, Sequence

from conditions.comparability import Number, count_differences
from conditions.figures import PROMINENCES, Chosen

Side = Sequence[Number]
_Cost = tuple[int, int, int]


def choose_together(sides: Sequence[Side]) -> list[Chosen]:
    """The pictures of a comparison, the more important ones only.

    A measure is drawn when one of its numbers is a key fact; a single feature (such as fatigue) when each side has a
    key or main fact about it. Counts of people give way to rates, which do not depend on how large a country is.
    """
    found = [_choose(numbers) for numbers in _list_measures(sides)]
    chosen = [one for one in found if one is not None and _is_telling(one)]
    rates = {one.topic for one in chosen if one.measure.display == "per_100k"}
    return [one for one in chosen if one.measure.display != "count" or one.topic not in rates]


def _list_measures(sides: Sequence[Side]) -> Iterable[list[list[Number]]]:
    """The numbers of each measure and feature, by side, in the order of first appearance."""
    found: dict[tuple[str, str], list[list[Number]]] = {}
    for place, numbers in enumerate(sides):
        for number in numbers:
            found.setdefault(_what(number), [[] for _ in sides])[place].append(number)
    return found.values()


def _what(number: Number) -> tuple[str, str]:
    measure = number.quantity.measure
    return (measure.slug if measure else "", number.quantity.feature)


def _choose(sides: Sequence[Side]) -> Chosen | None:
    """The numbers of one measure and feature that are most alike, or None when fewer than two sides have one."""
    about = [[number for number in numbers if not number.subtype] for numbers in sides]
    with_numbers = [numbers for numbers in about if numbers]
    if len(with_numbers) < 2:
        return None
    return Chosen(min((_gather(anchor, with_numbers) for side in with_numbers for anchor in side), key=_cost))


def _gather(anchor: Number, sides: Sequence[Side]) -> tuple[Number, ...]:
    """Of each side the number that is closest to `anchor`."""
    return tuple(
        anchor if anchor.name == side[0].name else min(side, key=lambda number: _distance(anchor, number))
        for side in sides
    )


def _distance(anchor: Number, number: Number) -> _Cost:
    """Another axis is worst; then what readers need not know at once; then all else that differs."""
    return (anchor.axis != number.axis, _rank(number), count_differences(anchor, number))


def _cost(numbers: Sequence[Number]) -> _Cost:
    differing = sum(count_differences(numbers[0], other) for other in numbers[1:])
    return (len({number.axis for number in numbers}), sum(map(_rank, numbers)), differing)


def _rank(number: Number) -> int:
    return PROMINENCES.index(number.fact.prominence)


def _is_telling(chosen: Chosen) -> bool:
    prominences = {number.fact.prominence for number in chosen.numbers}
    return "detail" not in prominences if chosen.feature else "key" in prominences
