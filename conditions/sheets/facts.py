"""The sheet of facts."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError

from conditions.models import (
    Bound,
    Certainty,
    Citation,
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
from conditions.sheets.base import Column, ItemResource
from conditions.sheets.source_lines import SourceLine, read_sources, write_sources
from conditions.sheets.widgets import ChoiceCell, LinkCell, NumberCell, TextCell, WholeNumberCell, YesNoCell


class SourcesColumn(Column):
    """The fact's sources, one on each line. They wait on the fact until it is saved."""

    def get_value(self, instance: Any) -> list[SourceLine]:
        if getattr(instance, "pending_sources", None) is not None:
            return instance.pending_sources
        return [SourceLine.of(source) for source in instance.sources.all()] if instance.pk else []

    def export(self, instance: Any, **kwargs: Any) -> str:
        return write_sources(self.get_value(instance))

    def clean(self, row: Any, **kwargs: Any) -> list[SourceLine]:
        sources = read_sources(row[self.column_name])
        unknown = [source.key for source in sources if kwargs["names"].find(Citation, source.key) is None]
        if unknown:
            named = ", ".join(f"“{key}”" for key in unknown)
            what = f"There is no source {named}" if len(unknown) == 1 else f"There are no sources {named}"
            raise ValidationError(f"{what}. Add what is missing to the citations first.", code="unknown")
        return sources

    def assign(self, instance: Any, value: list[SourceLine]) -> None:
        instance.pending_sources = value


class FactResource(ItemResource):
    self_link = "parent"
    lookups = {
        Condition: ("slug",),
        Subtype: ("condition__slug", "slug"),
        Topic: ("slug",),
        Measure: ("slug",),
        Fact: ("key",),
        Citation: ("key",),
    }

    key = Column("key", is_fixed=True)
    condition = Column("condition", "condition", LinkCell(Condition), is_fixed=True)
    topic = Column("topic", "topic", LinkCell(Topic))
    subtype = Column(
        "subtype",
        "subtype",
        LinkCell(
            Subtype, may_be_empty=True, within=lambda row: (row["condition"].strip(),), where=" of this condition"
        ),
    )
    kind = Column("kind", "kind", ChoiceCell(FactKind))
    label = Column("label")
    text = Column("text")
    short = Column("short", "short form")
    certainty = Column("certainty", "certainty", ChoiceCell(Certainty))
    prominence = Column("prominence", "prominence", ChoiceCell(Prominence))
    group = Column("group", "sub-heading")
    parent = Column("parent", "parent", LinkCell(Fact, may_be_empty=True))
    rule = Column("rule", "rule", ChoiceCell(Rule, may_be_empty=True))
    rule_count = Column("rule_count", "rule count", WholeNumberCell(may_be_empty=True))
    position = Column("position", "position", WholeNumberCell())
    sources = SourcesColumn("sources", "sources", TextCell())
    measure = Column("measure", "measure", LinkCell(Measure, may_be_empty=True))
    feature = Column("feature", "what is counted")
    bound = Column("bound", "bound", ChoiceCell(Bound, may_be_empty=True))
    value = Column("value", "value", NumberCell())
    low = Column("low", "low", NumberCell())
    high = Column("high", "high", NumberCell())
    interval_low = Column("interval_low", "interval low", NumberCell())
    interval_high = Column("interval_high", "interval high", NumberCell())
    unit = Column("unit")
    statistic = Column("statistic", "statistic", ChoiceCell(Statistic, may_be_empty=True))
    counted_from = Column("counted_from", "counted from", ChoiceCell(CountedFrom, may_be_empty=True))
    comparator_label = Column("comparator_label", "compared with")
    comparator_value = Column("comparator_value", "compared value", NumberCell())
    is_derived = Column("is_derived", "calculated by us", YesNoCell())
    population = Column("population")
    sex = Column("sex", "sex", ChoiceCell(Sex, may_be_empty=True))
    region = Column("region")
    period = Column("period")
    method = Column("method")
    note = Column("note")

    class Meta:
        model = Fact

    def find_faults(self, item: Fact) -> Iterator[tuple[str, str]]:
        """What the constraints of the table say, in sentences beside a column."""
        yield from _find_range_faults(item)
        if (item.rule == Rule.AT_LEAST) != bool(item.rule_count):
            yield "rule count", "The rule “at_least” needs a rule count of 1 or more, and no other rule has one."

    def save_children(self, item: Any) -> None:
        if getattr(item, "pending_sources", None) is not None:
            _save_sources(item, item.pending_sources, self.names)

    def list_children(self, item: Any) -> list[Any]:
        lines = enumerate(item.pending_sources or (), start=1)
        return [_fill(FactCitation(fact=item), line, number, self.names) for number, line in lines]


def _find_range_faults(item: Fact) -> Iterator[tuple[str, str]]:
    for low, high, names in (
        (item.low, item.high, ("low", "high")),
        (item.interval_low, item.interval_high, ("interval low", "interval high")),
    ):
        if (low is None) != (high is None):
            missing = names[0] if low is None else names[1]
            yield missing, f"{names[0].capitalize()} and {names[1]} belong together: give both or none."
        elif low is not None and high is not None and low > high:
            yield names[1], f"The range stands the wrong way round: {low.normalize():f} is above {high.normalize():f}."
    if item.value is not None and (item.low is not None or item.high is not None):
        yield "value", "Give one value or a range, not both."


def _save_sources(fact: Fact, lines: list[SourceLine], names: Any) -> None:
    """Makes the fact's sources those of the lines. One that stays keeps its row."""
    rows = {row.citation.key: row for row in FactCitation.objects.filter(fact=fact).select_related("citation")}
    gone = [row.pk for key, row in rows.items() if key not in {line.key for line in lines}]
    FactCitation.objects.filter(pk__in=gone).delete()
    for number, line in enumerate(lines, start=1):
        _fill(rows.get(line.key) or FactCitation(fact=fact), line, number, names).save()


def _fill(row: FactCitation, line: SourceLine, number: int, names: Any) -> FactCitation:
    if not row.citation_id:
        row.citation = names.find(Citation, line.key)
    row.locator, row.bearing, row.quote, row.position = line.locator, line.bearing, line.quote, number * 10
    return row
