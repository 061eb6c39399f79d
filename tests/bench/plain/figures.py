"""Numbers that share a measure as a table. Simple rules choose them: the most prominent number of each condition."""

from collections.abc import Sequence

from conditions.models import Condition, Fact
from conditions.quantities import SEX, STATISTIC, number, say_number, say_unit, say_years
from tests.bench.plain.references import References

_DRAWN = ("range", "percent", "per_100k", "ratio", "count")
_PROMINENCES = ("key", "main", "detail")
_COLUMNS = ("Number", "95% interval", "People counted", "Region", "Years", "Compared with", "How")


class Row:
    def __init__(self, name: str, fact: Fact, references: References) -> None:
        self.name = name
        self.cells = [_say_number(fact), _say_interval(fact), *_say_people(fact), _say_other(fact), _say_how(fact)]
        self.marks = references.source_marks(fact.sources.all())


class Figure:
    def __init__(self, facts: Sequence[tuple[str, Fact]], references: References, *, of_several: bool) -> None:
        first = facts[0][1]
        feature = first.feature.replace("-", " ")
        self.anchor = f"figure-{first.measure.slug}-{first.feature}"
        self.title = f"{first.measure.name}: {feature}" if feature else first.measure.name
        self.unit = say_unit(first)  # type: ignore[arg-type]
        self.of_several = of_several
        self.columns = _COLUMNS
        self.rows = [Row(name, fact, references) for name, fact in facts]


Chosen = list[tuple[str, Fact]]
"""The numbers of a figure, each with the name of its row."""


def choose_together(sides: Sequence[tuple[Condition, Sequence[Fact]]]) -> dict[str, list[Chosen]]:
    """By topic: key measures, and features that are no detail, of which two conditions have a number."""
    found: dict[tuple[int | None, str], dict[Condition, Fact]] = {}
    for condition, facts in sides:
        for fact in facts:
            if _can_be_drawn(fact) and fact.subtype_id is None:
                best = found.setdefault((fact.measure_id, fact.feature), {})
                if condition not in best or _rank(fact) < _rank(best[condition]):
                    best[condition] = fact
    chosen = [best for best in found.values() if len(best) > 1 and _is_telling(list(best.values()))]
    rates = {_topic(best) for best in chosen if _display(best) == "per_100k"}
    chosen = [best for best in chosen if _display(best) != "count" or _topic(best) not in rates]
    return _by_topic([[(condition.name, fact) for condition, fact in best.items()] for best in chosen])


def choose_of_condition(facts: Sequence[Fact]) -> dict[str, list[Chosen]]:
    """By the slug of the topic: each measure of the whole condition with more than one number."""
    by_measure: dict[int | None, Chosen] = {}
    for fact in facts:
        if _can_be_drawn(fact) and not fact.feature:
            by_measure.setdefault(fact.measure_id, []).append((_name(fact), fact))
    return _by_topic([members for members in by_measure.values() if len(members) > 1])


def _by_topic(chosen: Sequence[Chosen]) -> dict[str, list[Chosen]]:
    topics: dict[str, list[Chosen]] = {}
    for one in chosen:
        topics.setdefault(min((fact for _, fact in one), key=_rank).topic.slug, []).append(one)
    return topics


def _topic(best: dict[Condition, Fact]) -> str:
    return min(best.values(), key=_rank).topic.slug


def _display(best: dict[Condition, Fact]) -> str:
    return next(iter(best.values())).measure.display


def _can_be_drawn(fact: Fact) -> bool:
    return fact.has_quantity and fact.measure is not None and fact.measure.display in _DRAWN


def _rank(fact: Fact) -> int:
    return _PROMINENCES.index(fact.prominence)


def _is_telling(facts: Sequence[Fact]) -> bool:
    prominences = {fact.prominence for fact in facts}
    return "detail" not in prominences if facts[0].feature else "key" in prominences


def _name(fact: Fact) -> str:
    parts = (fact.subtype.name if fact.subtype else "", SEX.get(fact.sex, ""), fact.region, say_years(fact.period))
    said = ", ".join(filter(None, parts)) or fact.population or fact.label
    return said[:1].upper() + said[1:]


def _say_number(fact: Fact) -> str:
    return " ".join(filter(None, (say_number(fact), say_unit(fact))))  # type: ignore[arg-type]


def _say_interval(fact: Fact) -> str:
    if fact.interval_low is None or fact.interval_high is None:
        return ""
    return f"{number(str(fact.interval_low))} to {number(str(fact.interval_high))}"


def _say_people(fact: Fact) -> tuple[str, str, str]:
    people = "; ".join(filter(None, (fact.population, SEX.get(fact.sex, ""))))
    return people, fact.region, say_years(fact.period)


def _say_other(fact: Fact) -> str:
    value = f": {number(str(fact.comparator_value))}" if fact.comparator_value is not None else ""
    return f"{fact.comparator_label}{value}"


def _say_how(fact: Fact) -> str:
    derived = "calculated by us from the source" if fact.is_derived else ""
    return "; ".join(filter(None, (STATISTIC.get(fact.statistic, ""), fact.method, derived)))
