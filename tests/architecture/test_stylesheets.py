"""A rule that lost its end swallows all that follow it, without a word from any browser."""

from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"


@pytest.mark.parametrize("sheet", sorted(STATIC.rglob("*.css")), ids=lambda sheet: sheet.name)
def test_every_rule_of_a_stylesheet_ends_where_the_next_begins(sheet: Path) -> None:
    depth = 0
    for number, line in enumerate(sheet.read_text(encoding="utf-8").splitlines(), start=1):
        assert not (line.startswith("/*") and depth), f"{sheet.name}:{number}: a rule above has no end"
        depth += line.count("{") - line.count("}")
    assert depth == 0
