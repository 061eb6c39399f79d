"""Numbers share an axis only when they may, and what else is not alike is said in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.comparability import Number, list_differences, say_axis, say_differences
from conditions.naming import name_of
from tests.unit.conditions.contents import fact, measure, quantity

MS = name_of(slug="ms", name="Multiple sclerosis", abbreviation="MS", position=1)
ALS = name_of(slug="als", name="Amyotrophic lateral sclerosis", abbreviation="ALS", position=2)
SURVIVAL = measure("survival-10-year", unit="percent", display="percent")


def number(name=MS, *, subtype="", others=(), **values):
    of = quantity(**{"value": "30", **values})
    return Number(name, tuple(others), subtype, 1, fact("a", quantity=of), of)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"counted_from": "onset"}, {"counted_from": "diagnosis"}),
        ({"counted_from": "onset"}, {}),
        ({"unit": "percent"}, {"unit": "months"}),
        ({"sex": "women"}, {"sex": "men"}),
        ({"sex": "women"}, {}),
    ],
)
def test_another_starting_point_unit_or_sex_is_another_axis_and_is_said(one, other) -> None:
    numbers = [number(MS, measure=SURVIVAL, **one), number(ALS, measure=SURVIVAL, **other)]

    assert numbers[0].axis != numbers[1].axis
    assert say_differences(numbers).startswith("Not comparable: ")


@pytest.mark.parametrize(
    ("trait", "one", "other", "words"),
    [
        ("period", {"period": "2010-2015"}, {}, "years (MS: 2010–2015; ALS: not said)"),
        ("region", {"region": "Norway"}, {"region": "world"}, "region (MS: Norway; ALS: world)"),
        (
            "population",
            {"population": "adults"},
            {"population": "children"},
            "people counted (MS: adults; ALS: children)",
        ),
        ("statistic", {"statistic": "mean"}, {"statistic": "median"}, "kind of number (MS: average; ALS: median)"),
        ("statistic", {"value": None, "low": "20", "high": "40"}, {}, "kind of number (MS: range; ALS: one number)"),
        ("subtype", {"subtype": "Relapsing MS"}, {}, "form of the condition (MS: Relapsing MS; ALS: not said)"),
    ],
)
def test_what_else_differs_is_said_beside_one_axis(trait, one, other, words) -> None:
    numbers = [number(MS, **one), number(ALS, **other)]

    assert numbers[0].axis == numbers[1].axis
    assert [difference.trait for difference in list_differences(numbers)] == [trait]
    assert say_differences(numbers) == f"Not comparable: {words}."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"population": "people with MS"}, {"population": "618 people with ALS"}),
        ({"population": "people with multiple sclerosis"}, {}),
        ({"population": "people with a made-up name", "others": ["A made-up name"]}, {}),
        ({"region": "world"}, {"region": "worldwide"}),
        ({"counted_from": "birth"}, {}),
        ({"statistic": "share", "measure": SURVIVAL}, {"measure": SURVIVAL}),
    ],
)
def test_other_words_for_the_same_are_no_difference(one, other) -> None:
    numbers = [number(MS, **one), number(ALS, **other)]

    assert say_differences(numbers) == ""
    assert numbers[0].axis == numbers[1].axis


def test_counts_of_people_share_an_axis_only_within_a_region() -> None:
    count = measure("prevalence-count", unit="people", display="count")
    usa, world = (number(measure=count, region=region) for region in ("United States", "world"))

    assert usa.axis != world.axis
    assert say_axis([usa], [usa, world]) == "United States"


def test_an_axis_says_what_its_numbers_share_and_what_is_not_said() -> None:
    onset, none, men = (
        number(measure=SURVIVAL, **values) for values in ({"counted_from": "onset"}, {}, {"sex": "men"})
    )

    assert say_axis([onset], [onset, none]) == "Counted from the first symptoms"
    assert say_axis([none], [onset, none]) == "Starting point not said"
    assert say_axis([men], [onset, none, men]) == "Starting point not said, men"
    assert say_axis([none], [none, men]) == "Sex not said"
    assert say_axis([none], [none]) == ""
    assert say_axis([onset], [onset]) == "Counted from the first symptoms"
    assert say_axis([number(counted_from="birth")], []) == ""  # Nobody needs to be told that of an age.


def test_of_many_numbers_only_what_differs_is_named() -> None:
    numbers = [number(region=region, period=period) for region, period in (("A", "1"), ("B", "2"), ("A", "2"))]

    assert say_differences(numbers) == "Not comparable: these numbers differ in region, years. See the table."


_TRAITS = st.fixed_dictionaries(
    {
        "counted_from": st.sampled_from(["", "onset", "diagnosis", "birth"]),
        "sex": st.sampled_from(["", "women", "men"]),
        "unit": st.sampled_from(["", "percent", "months"]),
        "region": st.sampled_from(["", "world", "Norway"]),
        "period": st.sampled_from(["", "2020"]),
    }
)


@given(_TRAITS, _TRAITS)
def test_two_numbers_that_differ_never_go_without_a_notice(one, other) -> None:
    numbers = [number(MS, measure=SURVIVAL, **one), number(ALS, measure=SURVIVAL, **other)]
    effective = [{**traits, "unit": traits["unit"] or "percent"} for traits in (one, other)]

    assert bool(say_differences(numbers)) == (effective[0] != effective[1])
    if one["counted_from"] != other["counted_from"]:
        assert numbers[0].axis != numbers[1].axis
