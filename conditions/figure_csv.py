"""A picture's numbers as CSV: every qualifier in a column of its own, the very values of the approved facts."""

import csv
import io
from collections.abc import Iterator

from conditions.comparability import Number
from conditions.figures import Chosen
from conditions.sheets.cells import guard

_QUALIFIERS = (
    "value",
    "low",
    "high",
    "interval_low",
    "interval_high",
    "bound",
    "unit",
    "statistic",
    "population",
    "sex",
    "region",
    "period",
    "counted_from",
    "comparator_label",
    "comparator_value",
    "method",
)
HEADERS = (
    *("condition", "condition_edition", "fact", "statement", "measure", "feature", "form", "axis"),
    *_QUALIFIERS,
    *("calculated_by_us", "certainty", "sources", "sources_that_disagree", "reviewed_on"),
)


def write_figure(chosen: Chosen) -> bytes:
    """CSV in UTF-8 with the mark by which spreadsheet programs know it; numbers with the same `axis` share one."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    for axis, members in enumerate(chosen.panels, start=1):
        writer.writerows([guard(cell) for cell in _cells(number, axis)] for number in members)
    return text.getvalue().encode("utf-8-sig")


def _cells(number: Number, axis: int) -> Iterator[str]:
    fact, quantity = number.fact, number.quantity
    measure = quantity.measure
    yield from (number.name.name, str(number.edition), fact.key, fact.text)
    yield from (measure.slug if measure else "", quantity.feature, number.subtype, str(axis))
    values = quantity.model_dump()
    values["unit"] = number.say_trait("unit")
    yield from (values[name] or "" for name in _QUALIFIERS)
    yield from ("yes" if quantity.is_derived else "no", fact.certainty)
    yield " ".join(source.key for source in fact.sources if source.bearing != "contradicts")
    yield " ".join(source.key for source in fact.sources if source.bearing == "contradicts")
    yield fact.reviewed_on.isoformat()
