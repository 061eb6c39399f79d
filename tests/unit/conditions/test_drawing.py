"""Shapes stand where their numbers are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.drawing import Item, draw, find_highest
from tests.unit.conditions.contents import quantity

LEFT, RIGHT = 12, 300


def drawn(display, **values):
    of = quantity(**values)
    return draw([Item("A label", of, 1)], display, highest=find_highest([of]))


def shape(drawing, kind):
    return next(shape.path for shape in drawing.lines[0].shapes if shape.kind == kind)


def ends(path):
    """Where a rectangle begins and ends."""
    left, wide = re.match(r"M([\d.]+) [\d.]+h([\d.]+)", path).groups()
    return float(left), float(left) + float(wide)


def place(drawing, value, top):
    return pytest.approx(LEFT + (RIGHT - LEFT) * value / top, abs=0.11)


def test_a_range_is_a_bar_between_its_ends_and_the_axis_begins_at_nothing() -> None:
    drawing = drawn("range", low="20", high="40")

    left, right = ends(shape(drawing, "bar"))
    top = int(drawing.ticks[-1].text)
    assert (left, right) == (place(drawing, 20, top), place(drawing, 40, top))
    assert drawing.ticks[0].text == "0"


def test_percents_stand_on_the_whole_hundred_and_what_is_not_sure_is_paler() -> None:
    drawing = drawn("percent", low="10", high="20")

    assert [tick.text for tick in drawing.ticks] == ["0", "25", "50", "75", "100"]
    assert ends(shape(drawing, "bar")) == (LEFT, place(drawing, 10, 100))
    assert ends(shape(drawing, "band")) == (place(drawing, 10, 100), place(drawing, 20, 100))


def test_a_ratio_grows_from_one_to_either_side() -> None:
    less, more = drawn("ratio", value="0.5"), drawn("ratio", value="2")

    assert ends(shape(less, "bar")) == (place(less, 0.5, 1), place(less, 1, 1))
    assert ends(shape(more, "bar")) == (place(more, 1, 2), place(more, 2, 2))
    assert shape(more, "even")


def test_intervals_are_whiskers_comparators_diamonds_and_open_bounds_arrows() -> None:
    drawing = drawn(
        "percent", value="50", interval_low="40", interval_high="60", comparator_value="75", bound="more_than"
    )

    low, high = re.match(r"M([\d.]+) .*H([\d.]+)M", shape(drawing, "whisker")).groups()
    assert (float(low), float(high)) == (place(drawing, 40, 100), place(drawing, 60, 100))
    assert float(shape(drawing, "other")[1:].split()[0]) == place(drawing, 75, 100)
    assert "h14" in shape(drawing, "end")
    assert "h-14" in shape(drawn("percent", value="50", bound="up_to"), "end")
    assert not [s for s in drawn("percent", value="50", bound="about").lines[0].shapes if s.kind == "end"]


@given(st.decimals(min_value="0.01", max_value="999999", places=2))
def test_so_many_dots_are_drawn_as_there_are_people(value) -> None:
    drawing = drawn("per_100k", value=str(value))

    rectangles = re.findall(r"h([\d.]+)v([\d.]+)", shape(drawing, "dots"))
    area = sum(float(wide) * float(tall) for wide, tall in rectangles)
    dots = drawing.dots
    assert area / dots.side**2 * dots.people == pytest.approx(float(value), abs=0.2 * dots.people, rel=0.02)
    assert drawing.height < 250


def test_pictures_that_belong_together_have_one_scale() -> None:
    small, large = quantity(value="6"), quantity(value="28")
    highest = find_highest([small, large])

    one, other = (draw([Item("x", of, 1)], "per_100k", highest=highest) for of in (small, large))
    assert one.ticks[-1].text == other.ticks[-1].text
    assert one.dots == other.dots


def test_long_labels_go_on_in_the_next_line() -> None:
    drawing = draw([Item("long words " * 12, quantity(value="1"), 1)], "range", highest=1)

    assert len(drawing.lines[0].texts) > 1
    assert all(len(text.text) <= 44 for text in drawing.lines[0].texts)


@given(
    st.sampled_from(["range", "percent", "per_100k", "ratio", "count"]),
    st.decimals(min_value="-999999999999", max_value="999999999999", places=6),
)
def test_any_number_that_a_fact_can_hold_is_drawn(display, value) -> None:
    assert drawn(display, value=str(value)).lines
