"""Facts in content files: each with its quantity and its sources."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, model_validator

from conditions.loading import Number, Pair, Position, check_order, cite, in_place
from conditions.models import (
    Bearing,
    Bound,
    Certainty,
    Condition,
    CountedFrom,
    Fact,
    FactCitation,
    FactKind,
    Measure,
    Prominence,
    Rule,
    Sex,
    Statistic,
    Subtype,
    Topic,
)
from editorial.loading import Children, Entry, ItemEntry, Link, Row, Section


class Comparator(Entry):
    label: str
    value: Number | None = None


class Quantity(Entry):
    """A number with its qualifiers: a value, or a low and a high end."""

    measure: str = ""
    feature: str = ""
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    interval: Pair | None = None
    bound: Bound
    unit: str
    population: str = ""
    sex: Sex | None = None
    region: str = ""
    period: str = ""
    counted_from: CountedFrom | None = None
    comparator: Comparator | None = None
    statistic: Statistic | None = None
    method: str = ""
    is_derived: StrictBool = False

    @model_validator(mode="after")
    def _is_one_number_or_a_range(self) -> Self:
        ends = [end for end in (self.low, self.high) if end is not None]
        if (self.value is None) == (not ends):
            raise ValueError("Give either a value, or a low and a high end.")
        if len(ends) == 1:
            raise ValueError("A range needs both its low and its high end.")
        if ends:
            check_order(ends)
        return self

    def values(self) -> dict[str, Any]:
        """The columns of the fact that hold the quantity."""
        apart = {"measure", "interval", "comparator"}
        plain = {name: "" if v is None and name in _WORDS else v for name, v in self.model_dump(exclude=apart).items()}
        interval = self.interval or (None, None)
        return {
            **plain,
            "interval_low": interval[0],
            "interval_high": interval[1],
            "comparator_label": self.comparator.label if self.comparator else "",
            "comparator_value": self.comparator.value if self.comparator else None,
        }


_WORDS = {"sex", "counted_from", "statistic"}
_WITHOUT: dict[str, Any] = {
    **dict.fromkeys(("value", "low", "high", "interval_low", "interval_high", "comparator_value")),
    **dict.fromkeys(("feature", "bound", "unit", "population", "sex", "region", "period", "counted_from"), ""),
    **dict.fromkeys(("comparator_label", "statistic", "method"), ""),
    "is_derived": False,
}
_PLACES = {
    **{name: f"quantity.{name}" for name in _WITHOUT},
    **dict.fromkeys(("interval_low", "interval_high"), "quantity.interval"),
    **{f"comparator_{part}": f"quantity.comparator.{part}" for part in ("label", "value")},
    "measure": "quantity.measure",
    "sources": "citations",
}


class Source(ItemEntry):
    """A citation of the fact: where in it, and the passage that bears on the claim."""

    key: str
    locator: str = ""
    quote: str = ""
    bearing: Bearing = Bearing.SUPPORTS

    def to_row(self) -> Row:
        values = self.model_dump(exclude={"key"})
        return Row(FactCitation, values, links={"citation": cite([self.key])[0]}, places={"citation": "key"})


def _as_source(value: Any) -> Any:
    return {"key": value} if isinstance(value, str) else value


class FactEntry(ItemEntry):
    key: str
    condition: str
    subtype: str = ""
    topic: str
    group: str = ""
    kind: FactKind
    prominence: Prominence
    parent: str = ""
    rule: Rule | None = None
    rule_count: Annotated[StrictInt, Field(ge=1)] | None = None
    position: Position
    label: str = ""
    short: str = ""
    text: str
    certainty: Certainty
    quantity: Quantity | None = None
    citations: list[Annotated[Source, BeforeValidator(_as_source)]]
    note: str = ""

    @model_validator(mode="after")
    def _has_a_count_for_its_rule(self) -> Self:
        if (self.rule == Rule.AT_LEAST) != (self.rule_count is not None):
            raise ValueError("The rule “at_least” needs a rule_count, and no other rule has one.")
        return self

    def to_row(self) -> Row:
        apart = {"condition", "subtype", "topic", "parent", "quantity", "citations"}
        quantity = self.quantity.values() if self.quantity else _WITHOUT
        sources = [in_place(source.to_row(), number) for number, source in enumerate(self.citations, start=1)]
        return Row(
            Fact,
            {**self.model_dump(exclude=apart), "rule": self.rule or "", **quantity},
            links=self._links(),
            children={"sources": Children(sources, "fact", once="citation")},
            places=_PLACES,
        )

    def _links(self) -> dict[str, Link | None]:
        subtype = Link(Subtype, (("condition__slug", self.condition), ("slug", self.subtype)))
        measure = self.quantity.measure if self.quantity else ""
        return {
            "condition": Link.to(Condition, self.condition),
            "topic": Link.to(Topic, self.topic),
            "subtype": subtype if self.subtype else None,
            "parent": Link.to(Fact, self.parent) if self.parent else None,
            "measure": Link.to(Measure, measure) if measure else None,
        }


FACTS = Section("facts", FactEntry)
