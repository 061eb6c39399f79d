"""Which numbers become pictures, and that text, table and CSV say the same as the picture."""

import csv
import io

import pytest

from conditions.figure_csv import write_figure
from conditions.figures import by_topic, choose_of_condition, list_numbers, make_figure
from conditions.presenting import References
from tests.unit.conditions.contents import condition, fact, measure, quantity, references, topic

RATE = measure("prevalence-rate", name="People with the condition", unit="per 100 000 people", display="per_100k")


def with_number(key, *cited, prominence="detail", topic_slug="numbers", withdrawn=False, **values):
    return fact(
        key,
        *cited,
        prominence=prominence,
        topic=topic(topic_slug),
        has_withdrawn_source=withdrawn,
        quantity=quantity(**{"value": "30", **values}),
    )


def choose(*facts, **values):
    return choose_of_condition(list_numbers(condition("stiffness", *facts, **values), 7))


def figure_of(*facts, **values):
    (chosen,) = choose(*facts, **values)
    return chosen, make_figure(chosen, References(references("one", "two")))


def read_rows(chosen):
    return list(csv.DictReader(io.StringIO(write_figure(chosen).decode("utf-8-sig"))))


def test_two_numbers_of_one_measure_make_a_picture_and_one_makes_none() -> None:
    assert [len(one.numbers) for one in choose(with_number("a"), with_number("b"))] == [2]
    assert choose(with_number("a"), with_number("b", measure=RATE)) == []


@pytest.mark.parametrize(
    "values",
    [
        {"withdrawn": True},
        {"value": None},
        {"measure": None},
        {"feature": "fatigue"},
        {"measure": measure(display="none")},
    ],
)
def test_what_stands_on_a_withdrawn_source_or_measures_something_else_is_not_drawn(values) -> None:
    assert choose(with_number("a"), with_number("b", **values)) == []


def test_a_picture_stands_under_the_topic_of_its_most_prominent_number() -> None:
    chosen = choose(with_number("a", topic_slug="x"), with_number("b", topic_slug="y", prominence="key"))

    assert list(by_topic(chosen)) == ["y"]


def test_different_starting_points_get_axes_of_their_own_and_a_notice() -> None:
    survival = measure("survival-10-year", name="Alive", unit="percent", display="percent")
    _, figure = figure_of(
        with_number("a", measure=survival, counted_from="onset"),
        with_number("b", measure=survival, counted_from="diagnosis"),
    )

    assert [panel.heading for panel in figure.panels] == ["Counted from the first symptoms", "Counted from diagnosis"]
    assert figure.notice == "Not comparable: these numbers differ in starting point. See the table."


def test_bounds_intervals_and_one_in_so_many_are_told_as_the_source_has_them() -> None:
    rate = {"measure": RATE, "value": "4.42", "bound": "about", "interval_low": "3.92", "interval_high": "4.96"}
    _, figure = figure_of(
        with_number("a", region="Norway", **rate),
        with_number("b", region="Spain", measure=RATE, value="50", bound="more_than"),
    )

    assert figure.panels[0].text == (
        "Norway: about 4.42; about 1 in 23,000 (95% interval 3.92 to 4.96); Spain: more than 50; about 1 in 2,000"
    )
    assert figure.people_per_dot == 1
    assert {"dots", "whisker", "end"} <= figure.shapes


def test_picture_text_table_and_csv_hold_the_same_numbers() -> None:
    chosen, figure = figure_of(
        with_number("a", "one", value=None, low="20", high="40", region="Norway", period="2010-2015"),
        with_number("b", "two", value="65.5", statistic="median", population="adults", comparator_label="all"),
    )

    rows = read_rows(chosen)
    drawn = [" ".join(text.text for text in line.texts) for line in figure.panels[0].drawing.lines]
    assert [row["fact"] for row in rows] == ["a", "b"]
    for row, line, table_row in zip(rows, drawn, figure.rows, strict=True):
        numbers = [value for name in ("value", "low", "high") if (value := row[name])]
        assert numbers
        for number in numbers:
            assert number in line
            assert number in figure.panels[0].text
            assert number in table_row.cells[0]
    assert [row["sources"] for row in rows] == ["one", "two"]
    assert rows[0]["condition_edition"] == "7"
    assert (rows[0]["region"], rows[0]["period"]) == ("Norway", "2010-2015")
    assert "#r2" in figure.rows[1].marks


def test_no_cell_of_the_csv_is_a_formula() -> None:
    chosen, _ = figure_of(with_number("a", region="=1+1", population="@x"), with_number("b", method="-2"))

    cells = [cell for row in read_rows(chosen) for cell in row.values()]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_way_to_the_data_names_the_condition_and_the_measure() -> None:
    _, figure = figure_of(with_number("a"), with_number("b"))

    assert figure.data_url == "/numbers/age-at-onset.csv?with=stiffness"
