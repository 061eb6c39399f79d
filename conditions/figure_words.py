"""What the picture of numbers and its table say of each number. The table never says less than the picture."""

from django.utils.translation import gettext_lazy

from conditions.comparability import Number
from conditions.content import QuantityContent
from conditions.quantities import number as say_plainly
from conditions.quantities import say_number, say_unit

RARE = "per 100,000 people"
_IN_LABELS = ("subtype", "sex", "region", "period")
COLUMNS = {
    "number": gettext_lazy("Number"),
    # xgettext:no-python-format
    "interval": gettext_lazy("95% interval"),
    "people": gettext_lazy("People counted"),
    "region": gettext_lazy("Region"),
    "period": gettext_lazy("Years"),
    "from": gettext_lazy("Counted from"),
    "comparator": gettext_lazy("Compared with"),
    "method": gettext_lazy("How"),
}


def say_amount(number: Number) -> str:
    """“about 4.42, about 1 in 23,000”: as the picture says it, without its unit."""
    quantity = number.quantity
    parts = [say_number(quantity)]
    if quantity.statistic in ("median", "mean"):
        parts.append(number.say_trait("statistic"))
    if say_unit(quantity).startswith(RARE):
        parts.append(_say_one_in(quantity))
    if quantity.comparator_value is not None and quantity.comparator_label:
        parts.append(f"{quantity.comparator_label} {say_plainly(quantity.comparator_value)}")
    return "; ".join(filter(None, parts))


def say_interval(number: Number) -> str:
    """“ (95% interval 3.92 to 4.96)”: what the picture shows as a thin line."""
    interval = read_cell("interval", number, several=False)
    return f" (95% interval {interval})" if interval else ""


def label(number: Number, several: bool) -> str:
    """What tells the number from the others: its condition, or for whom, where and when it holds."""
    if several:
        return number.name.brief
    parts = [number.say_trait(trait) for trait in _IN_LABELS]
    said = ", ".join(filter(None, parts))
    said = said or number.quantity.population or number.fact.label or number.name.brief
    return said[:1].upper() + said[1:]


def read_cell(column: str, number: Number, several: bool) -> str:
    """The cell of that column. What the name of the row says already is not said again."""
    q = number.quantity
    if column == "number":
        return " ".join(filter(None, (say_number(q), say_unit(q))))
    if column == "interval" and q.interval_low is not None and q.interval_high is not None:
        return f"{say_plainly(q.interval_low)} to {say_plainly(q.interval_high)}"
    if column == "people":
        people = (number.subtype, q.population, number.say_trait("sex")) if several else (q.population,)
        return "; ".join(filter(None, people))
    if column in ("region", "period"):
        return number.say_trait(column) if several else ""
    if column == "comparator" and q.comparator_label:
        value = f": {say_plainly(q.comparator_value)}" if q.comparator_value is not None else ""
        return f"{q.comparator_label}{value}"
    if column == "from":
        return number.say_trait("counted_from").removeprefix("counted from ")
    if column == "method":
        return "; ".join(filter(None, (number.say_trait("statistic") if q.statistic else "", q.method, _derived(q))))
    return ""


def _derived(q: QuantityContent) -> str:
    return "calculated by us from the source" if q.is_derived else ""


def _say_one_in(q: QuantityContent) -> str:
    """“about 1 in 23,000”, rounded to two digits."""
    low, high = (float(v) for v in ((q.value, q.value) if q.value is not None else (q.low, q.high)) if v is not None)
    if low <= 0:
        return ""
    most, least = _round(100_000 / low), _round(100_000 / high)
    return f"about 1 in {least:,}" if most == least else f"about 1 in {least:,} to {most:,}"


def _round(count: float) -> int:
    """To two digits."""
    return int(float(f"{count:.2g}"))
