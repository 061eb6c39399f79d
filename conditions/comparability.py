"""Which numbers may stand on one axis, and what is to be said of those that are not alike. Pure.

Numbers share an axis only when measure, feature, unit, starting point and sex are the same, and counts of people only
when they are of one region. All else that differs is said in words beside the picture.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conditions.content import FactContent, QuantityContent
from conditions.naming import Name
from conditions.quantities import COUNTED_FROM, SEX, STATISTIC, say_unit, say_years

_PARTS = ("unit", "counted_from", "sex")
"""What parts axes."""
_TOLD = ("subtype", "statistic", "population", "region", "period")
_WORDS = {
    "unit": gettext_lazy("unit"),
    "counted_from": gettext_lazy("starting point"),
    "sex": gettext_lazy("sex"),
    "subtype": gettext_lazy("form of the condition"),
    "statistic": gettext_lazy("kind of number"),
    "population": gettext_lazy("people counted"),
    "region": gettext_lazy("region"),
    "period": gettext_lazy("years"),
}
_SIZE = re.compile(r"^[\d,]+ (?=people)")
_EVERYBODY = {"people", "people with it", "people living with it"}


@dataclass(frozen=True)
class Number:
    """A fact's quantity with what it takes to tell whether another one is like it."""

    name: Name
    others: tuple[str, ...]
    """Other names of the condition."""
    subtype: str
    """The name of the form of the condition that it is about, or nothing."""
    edition: int
    fact: FactContent
    quantity: QuantityContent

    @cached_property
    def axis(self) -> tuple[str, ...]:
        """Numbers of one measure and feature that have this in common may share an axis."""
        return tuple(self.traits[trait] for trait in list_parts(self.quantity))

    @cached_property
    def traits(self) -> Mapping[str, str]:
        """Each qualifier as far as it tells numbers apart: read once, compared often."""
        return {trait: _read(self, trait) for trait in (*_PARTS, *_TOLD)}

    @cached_property
    def _said(self) -> Mapping[str, str]:
        quantity = self.quantity
        return {
            "unit": say_unit(quantity),
            "counted_from": COUNTED_FROM.get(quantity.counted_from, ""),
            "sex": SEX.get(quantity.sex, ""),
            "subtype": self.subtype,
            "statistic": _say_statistic(quantity),
            "population": quantity.population,
            "region": quantity.region,
            "period": say_years(quantity.period),
        }

    def say_trait(self, trait: str) -> str:
        """A qualifier as readers get it, or an empty string where the record says nothing."""
        return self._said[trait]


def list_parts(quantity: QuantityContent) -> tuple[str, ...]:
    """The qualifiers that part the axes of such numbers."""
    is_count = quantity.measure is not None and quantity.measure.display == "count"
    return (*_PARTS, "region") if is_count else _PARTS


@dataclass(frozen=True)
class Difference:
    """A qualifier in which numbers are not alike, with what each of them says."""

    trait: str
    values: tuple[str, ...]

    @property
    def word(self) -> str:
        return str(_WORDS[self.trait])


def list_differences(numbers: Sequence[Number]) -> list[Difference]:
    """What keeps these numbers of one measure from being compared, what parts axes first."""
    return [
        Difference(trait, tuple(number.say_trait(trait) for number in numbers))
        for trait in (*_PARTS, *_TOLD)
        if len({number.traits[trait] for number in numbers}) > 1
    ]


def count_differences(one: Number, other: Number) -> int:
    """In how many qualifiers the two are not alike."""
    return sum(one.traits[trait] != said for trait, said in other.traits.items())


def say_axis(numbers: Sequence[Number], others: Sequence[Number]) -> str:
    """“Counted from diagnosis”: what these numbers, which share an axis, say of it, and what only some others say."""
    first = numbers[0]
    traits = [trait for trait in list_parts(first.quantity) if _is_worth_saying(trait, first, others)]
    text = ", ".join(first.say_trait(trait) or _say_nothing(trait) for trait in traits)
    return text[:1].upper() + text[1:]


def _is_worth_saying(trait: str, number: Number, others: Sequence[Number]) -> bool:
    """Unit and region stand elsewhere unless they part the axes. Numbers are of all people unless they say of whom."""
    if trait in ("counted_from", "sex") and number.traits[trait]:
        return True
    parts = any(number.traits[trait] != other.traits[trait] for other in others)
    return parts and (trait != "sex" or all(_is_same_but_for_sex(number, other) for other in others))


def _is_same_but_for_sex(number: Number, other: Number) -> bool:
    return all(number.traits[t] == other.traits[t] for t in list_parts(number.quantity) if t != "sex")


def _say_nothing(trait: str) -> str:
    return _("%(qualifier)s not said") % {"qualifier": _WORDS[trait]}


def say_differences(numbers: Sequence[Number]) -> str:
    """“Not comparable: years (MS: 2020; ALS: not said).”, or nothing. Of more than two numbers only what differs."""
    found = list_differences(numbers)
    if not found:
        return ""
    if len(numbers) == 2 and numbers[0].name != numbers[1].name:
        reasons = "; ".join(_say_each(difference, numbers) for difference in found)
        return _("Not comparable: %(reasons)s.") % {"reasons": reasons}
    reasons = ", ".join(difference.word for difference in found)
    return _("Not comparable: these numbers differ in %(reasons)s. See the table.") % {"reasons": reasons}


def _say_each(difference: Difference, numbers: Sequence[Number]) -> str:
    nothing = _("not said")
    each = "; ".join(
        f"{number.name.brief}: {value or nothing}" for number, value in zip(numbers, difference.values, strict=True)
    )
    return f"{difference.word} ({each})"


def _read(number: Number, trait: str) -> str:
    """The qualifier as far as it tells numbers apart."""
    said = number.say_trait(trait).casefold()
    if trait == "region":
        return "world" if said == "worldwide" else said
    if trait == "counted_from" and number.quantity.measure and number.quantity.measure.slug.startswith("age-"):
        return ""  # An age is counted from birth, whether the record says so or not.
    return _read_population(number, said) if trait == "population" else said


def _read_population(number: Number, population: str) -> str:
    """Without the condition's own names and the size of a study, and nothing where it is simply all who have it."""
    for name in (number.name.name, number.name.abbreviation, *number.others):
        if name:
            population = re.sub(rf"\b{re.escape(name.casefold())}\b", "it", population)
    population = _SIZE.sub("", population).strip()
    return "" if population in _EVERYBODY else population


def _say_statistic(quantity: QuantityContent) -> str:
    """Median and average; of ages and times also whether it is the range that most people are in, or one number.

    A share or a rate from a low to a high value is one that is not known better.
    """
    known = STATISTIC.get(quantity.statistic, "")
    if known or quantity.measure is None or quantity.measure.display != "range":
        return known
    return "range" if quantity.low is not None else "one number"
