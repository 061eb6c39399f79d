"""Cells of the API's tables."""

import pytest

from comparisons.api.answering import _cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [("-2.5", "-2.5"), ("-cmd|x", "'-cmd|x"), ("+1", "'+1"), (True, "yes"), (None, ""), (0, "0"), ("@a", "'@a")],
)
def test_a_cell_is_no_formula_and_a_number_stays_one(value: object, cell: str) -> None:
    assert _cell(value) == cell
