"""A number never stands without its qualifiers."""

import pytest

from conditions.content import MeasureContent, QuantityContent
from conditions.quantities import describe, number

EMPTY = dict.fromkeys(QuantityContent.model_fields, "") | {
    "measure": None,
    "value": None,
    "low": None,
    "high": None,
    "interval_low": None,
    "interval_high": None,
    "comparator_value": None,
    "is_derived": False,
}


def quantity(**values):
    return QuantityContent(**{**EMPTY, **values})


def measure(name, unit):
    return MeasureContent(slug="a-measure", name=name, unit=unit, display="none")


def test_every_qualifier_of_a_quantity_is_told():
    line = describe(
        quantity(
            measure=measure("People alive after 10 years", "percent"),
            feature="lung-scarring",
            value="72.000000",
            interval_low="68.5",
            interval_high="75",
            bound="about",
            unit="percent",
            population="1,758 people in the US ALS Registry",
            sex="women",
            region="United States",
            period="2010-2015",
            counted_from="diagnosis",
            comparator_label="placebo",
            comparator_value="39.300000",
            statistic="median",
            method="registry",
            is_derived=True,
        )
    )

    assert line == (
        "About 72 percent; people alive after 10 years (lung scarring); median; 95% interval 68.5 to 75; "
        "in 1,758 people in the US ALS Registry; women; United States; 2010–2015; counted from diagnosis; "
        "compared with placebo: 39.3; registry; calculated by us from the source"
    )


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        ("exact", "5 people"),
        ("about", "About 5 people"),
        ("more_than", "More than 5 people"),
        ("less_than", "Less than 5 people"),
        ("at_least", "At least 5 people"),
        ("up_to", "Up to 5 people"),
    ],
)
def test_a_bound_is_said_in_words(bound, words):
    assert describe(quantity(value="5", bound=bound, unit="people")) == words


def test_a_range_names_both_ends():
    assert describe(quantity(low="20", high="50.5", unit="years")) == "20 to 50.5 years"


def test_the_unit_of_the_measure_stands_in_for_a_missing_one():
    assert describe(quantity(value="4.42", measure=measure("Prevalence", "per 100 000 people"))).startswith(
        "4.42 per 100,000 people; prevalence"
    )


def test_the_sex_is_not_said_twice():
    assert describe(quantity(value="61", population="women with MS", sex="women")) == "61; in women with MS"
    assert describe(quantity(value="61", population="adults", sex="men")) == "61; in adults; men"


def test_men_are_not_taken_for_said_because_women_are():
    assert describe(quantity(value="1", population="women", sex="men")) == "1; in women; men"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1758.000000", "1,758"),
        ("403630", "403,630"),
        ("0.026000", "0.026"),
        ("-1200.5", "-1,200.5"),
        ("-0.5", "-0.5"),
        ("100", "100"),
        (None, ""),
    ],
)
def test_numbers_keep_every_digit_and_mark_thousands(value, words):
    assert number(value) == words


def test_without_a_value_only_the_qualifiers_are_told():
    assert describe(quantity(region="Norway")) == "Norway"
