"""Markdown tables and numbers as people read them."""

from collections.abc import Iterable, Sequence

NOTHING = "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first hold numbers and stand to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def say_number(value: float | None, unit: str = "") -> str:
    """Three digits that count, thousands marked; whole numbers as such."""
    if value is None:
        return NOTHING
    size = abs(value)
    digits = 0 if value == int(value) or size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
    return f"{value:,.{digits}f}{say_unit(unit)}"


def say_unit(unit: str) -> str:
    return f" {unit}" if unit else ""
