"""Numbers that share a measure as a picture with its table. Pure: published facts → Figure → template, CSV.

A measure is drawn when it says how (`display`). A fact that stands on a withdrawn source is never drawn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.text import slugify

from conditions.comparability import Number, say_axis, say_differences
from conditions.content import ConditionContent, FactContent, MeasureContent
from conditions.drawing import Drawing, Item, draw, find_highest
from conditions.figure_words import COLUMNS, RARE, label, read_cell, say_amount, say_interval
from conditions.naming import Name, name_of
from conditions.presenting import References
from conditions.quantities import say_unit

PROMINENCES = ("key", "main", "detail")
_DRAWN = ("range", "percent", "per_100k", "ratio", "count")


@dataclass(frozen=True)
class Chosen:
    """The numbers of one picture, before their sources have numbers."""

    numbers: tuple[Number, ...]

    @property
    def measure(self) -> MeasureContent:
        measure = self.numbers[0].quantity.measure
        if measure is None:
            raise ValueError("Only what has a measure is drawn.")
        return measure

    @property
    def feature(self) -> str:
        return self.numbers[0].quantity.feature

    @property
    def topic(self) -> str:
        """The slug of the topic under which the picture stands: that of its most prominent number."""
        return min(self.numbers, key=lambda number: PROMINENCES.index(number.fact.prominence)).fact.topic.slug

    @property
    def names(self) -> tuple[Name, ...]:
        return tuple(dict.fromkeys(number.name for number in self.numbers))

    @property
    def panels(self) -> tuple[tuple[Number, ...], ...]:
        """The numbers by the axis that they may share."""
        axes: dict[tuple[str, ...], list[Number]] = {}
        for number in self.numbers:
            axes.setdefault(number.axis, []).append(number)
        return tuple(tuple(members) for members in axes.values())


@dataclass(frozen=True)
class Panel:
    """One axis with its numbers."""

    heading: str
    """What these numbers have in common: a starting point, and what only these have. May be empty."""
    drawing: Drawing
    text: str
    """The same in words."""


@dataclass(frozen=True)
class Row:
    name: str
    cells: tuple[str, ...]
    marks: SafeString


@dataclass(frozen=True)
class Figure:
    anchor: str
    title: str
    unit: str
    panels: tuple[Panel, ...]
    notice: str
    """What keeps the numbers from being compared, or nothing."""
    of_several: bool
    """Of several conditions, so that each line is one of them."""
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    data_url: str

    @property
    def people_per_dot(self) -> int:
        """How many of 100,000 people a dot stands for, or nothing where there are no dots."""
        return max((panel.drawing.dots.people for panel in self.panels if panel.drawing.dots), default=0)

    @property
    def shapes(self) -> set[str]:
        """The kinds of shapes in the pictures, for the legend."""
        return {shape.kind for panel in self.panels for line in panel.drawing.lines for shape in line.shapes}


def list_numbers(content: ConditionContent, edition: int = 0) -> list[Number]:
    """The numbers of a condition that may be drawn, in the order of its page; `edition` is for who tells of it."""
    name = name_of(slug=content.slug, name=content.name, abbreviation=content.abbreviation, position=content.position)
    subtypes = {subtype.slug: subtype.name for subtype in content.subtypes}
    others = tuple(content.also_known_as)
    return [
        Number(name, others, subtypes.get(fact.subtype, ""), edition, fact, fact.quantity)
        for fact in content.facts
        if fact.quantity is not None and can_be_drawn(fact)
    ]


def choose_of_condition(numbers: Iterable[Number]) -> list[Chosen]:
    """The pictures of a condition's page: each measure of the whole condition with more than one number."""
    by_measure: dict[str, list[Number]] = {}
    for number in numbers:
        if not number.quantity.feature and number.quantity.measure:
            by_measure.setdefault(number.quantity.measure.slug, []).append(number)
    return [Chosen(tuple(members)) for members in by_measure.values() if len(members) > 1]


def by_topic(chosen: Iterable[Chosen]) -> dict[str, list[Chosen]]:
    topics: dict[str, list[Chosen]] = {}
    for one in chosen:
        topics.setdefault(one.topic, []).append(one)
    return topics


def make_figure(chosen: Chosen, references: References) -> Figure:
    """The picture with its table; its sources get their numbers now."""
    measure, feature = chosen.measure, chosen.feature.replace("-", " ")
    several = len(chosen.names) > 1
    columns = [column for column in COLUMNS if any(read_cell(column, number, several) for number in chosen.numbers)]
    return Figure(
        anchor=_anchor(measure.slug, chosen.feature),
        title=f"{measure.name}: {feature}" if feature else measure.name,
        unit=say_unit(chosen.numbers[0].quantity),
        panels=tuple(_make_panel(panel, chosen, several) for panel in chosen.panels),
        notice=say_differences(chosen.numbers),
        of_several=several,
        columns=tuple(str(COLUMNS[column]) for column in columns),
        rows=tuple(
            Row(
                number.name.name if several else label(number, several),
                tuple(read_cell(column, number, several) for column in columns),
                references.source_marks(number.fact.sources),
            )
            for number in chosen.numbers
        ),
        data_url=data_url(chosen),
    )


def _anchor(measure: str, feature: str) -> str:
    """An id without spaces, whatever editors call what is counted: other attributes list ids by spaces."""
    return "-".join(filter(None, ("figure", measure, slugify(feature, allow_unicode=True))))


def data_url(chosen: Chosen) -> str:
    """Where a spreadsheet gets the numbers of the picture."""
    query = [("with", name.slug) for name in chosen.names]
    if chosen.feature:
        query.append(("feature", chosen.feature))
    return f"/numbers/{chosen.measure.slug}.csv?{urlencode(query)}"


def can_be_drawn(fact: FactContent) -> bool:
    quantity = fact.quantity
    if quantity is None or quantity.measure is None or fact.has_withdrawn_source:
        return False
    has_number = quantity.value is not None or quantity.low is not None
    return has_number and quantity.measure.display in _DRAWN


def _make_panel(numbers: Sequence[Number], chosen: Chosen, several: bool) -> Panel:
    lines = [(number, f"{label(number, several)}: {say_amount(number)}") for number in numbers]
    items = [Item(line, number.quantity, number.name.tone) for number, line in lines]
    display = chosen.measure.display
    if display == "per_100k" and not say_unit(numbers[0].quantity).startswith(RARE):
        display = "count"
    return Panel(
        heading=say_axis(numbers, chosen.numbers),
        drawing=draw(items, display, highest=find_highest(number.quantity for number in chosen.numbers)),
        text="; ".join(f"{line}{say_interval(number)}" for number, line in lines),
    )
