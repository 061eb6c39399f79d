"""A quantity in words: the number, then every qualifier that it has, so that no number stands alone."""

import re
from collections.abc import Iterator
from decimal import Decimal

from conditions.content import QuantityContent

_BOUND = {
    "about": "about",
    "more_than": "more than",
    "less_than": "less than",
    "at_least": "at least",
    "up_to": "up to",
}
COUNTED_FROM = {
    "onset": "counted from the first symptoms",
    "diagnosis": "counted from diagnosis",
    "birth": "counted from birth",
}
STATISTIC = {"median": "median", "mean": "average"}
SEX = {"women": "women", "men": "men"}
_YEARS = re.compile(r"(?<=\d)-(?=\d)")


def describe(quantity: QuantityContent, feature: str | None = None) -> str:
    """One line: “About 72 percent; 95% interval 70 to 75; in 1,758 people; United States; 2010–2015; …”.

    `feature` are the words for what is counted, in place of its key.
    """
    line = "; ".join(part for part in _parts(quantity, feature) if part)
    return line[:1].upper() + line[1:]


def _parts(q: QuantityContent, feature: str | None) -> Iterator[str]:
    yield say_amount(q)
    yield say_measure(q, feature)
    yield STATISTIC.get(q.statistic, "")
    if q.interval_low is not None and q.interval_high is not None:
        yield f"95% interval {number(q.interval_low)} to {number(q.interval_high)}"
    yield _population(q.population)
    if q.sex and not re.search(rf"\b{q.sex}\b", q.population):
        yield SEX.get(q.sex, "")
    yield q.region
    yield say_years(q.period)
    yield COUNTED_FROM.get(q.counted_from, "")
    if q.comparator_label:
        value = f": {number(q.comparator_value)}" if q.comparator_value is not None else ""
        yield f"compared with {q.comparator_label}{value}"
    yield q.method
    yield "calculated by us from the source" if q.is_derived else ""


def say_amount(q: QuantityContent) -> str:
    """“about 72 percent”, or an empty string."""
    if q.value is None and q.low is None:
        return ""
    return " ".join(filter(None, (say_number(q), say_unit(q))))


def say_number(q: QuantityContent) -> str:
    """“about 72”: without its unit."""
    amount = number(q.value) if q.value is not None else f"{number(q.low)} to {number(q.high)}"
    return " ".join(filter(None, (_BOUND.get(q.bound, ""), amount)))


def say_years(period: str) -> str:
    return _YEARS.sub("–", period)


def say_unit(q: QuantityContent) -> str:
    unit = q.unit or (q.measure.unit if q.measure else "")
    if unit == "ratio":
        return ""
    return unit.replace("100 000", "100,000")


def say_measure(q: QuantityContent, feature: str | None = None) -> str:
    """What is counted, where there is a measure; the sentence itself says it otherwise."""
    name = q.measure.name if q.measure else ""
    feature = q.feature.replace("-", " ") if feature is None else feature
    return f"{name[:1].lower()}{name[1:]} ({feature})" if name and feature else f"{name[:1].lower()}{name[1:]}{feature}"


def _population(population: str) -> str:
    if not population:
        return ""
    article = "the " if population.startswith("general population") else ""
    return f"in {article}{population}"


def number(value: str | None) -> str:
    """“1,758”, “2.5”: with thousands marked and no empty decimals; no digit is rounded away."""
    if value is None:
        return ""
    return f"{Decimal(value).normalize():,f}"
