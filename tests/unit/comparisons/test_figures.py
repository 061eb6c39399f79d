"""Of each condition one number is drawn: those that are most alike, and only what tells a reader something."""

from comparisons.figures import choose_together
from conditions.figures import list_numbers, make_figure
from conditions.presenting import References
from tests.unit.conditions.contents import condition, fact, measure, quantity, topic

SURVIVAL = measure("survival-10-year", unit="percent", display="percent")
RATE = measure("prevalence-rate", unit="per 100 000 people", display="per_100k")
COUNT = measure("prevalence-count", unit="people", display="count")


def with_number(key, prominence="key", *, withdrawn=False, subtype="", topic_slug="numbers", **values):
    of = quantity(**{"value": "30", "measure": SURVIVAL, **values})
    return fact(
        key,
        prominence=prominence,
        quantity=of,
        has_withdrawn_source=withdrawn,
        subtype=subtype,
        topic=topic(topic_slug),
    )


def choose(*sides):
    """The keys of the facts in each picture."""
    numbers = [list_numbers(condition(f"side-{place}", *facts), 1) for place, facts in enumerate(sides)]
    return [[number.fact.key for number in one.numbers] for one in choose_together(numbers)]


def test_the_same_starting_point_comes_before_prominence() -> None:
    mine = [with_number("onset", counted_from="onset"), with_number("diagnosis", "detail", counted_from="diagnosis")]

    assert choose(mine, [with_number("theirs", counted_from="diagnosis")]) == [["diagnosis", "theirs"]]


def test_among_equally_prominent_numbers_those_with_the_fewest_differences_are_taken() -> None:
    mine = [with_number("mean", statistic="mean"), with_number("median", statistic="median")]

    assert choose(mine, [with_number("theirs", statistic="median")]) == [["median", "theirs"]]


def test_numbers_that_share_no_starting_point_still_stand_in_one_figure_on_axes_of_their_own() -> None:
    sides = [[with_number("a", counted_from="onset")], [with_number("b", counted_from="diagnosis")]]
    numbers = [list_numbers(condition(f"side-{place}", *facts), 1) for place, facts in enumerate(sides)]

    (chosen,) = choose_together(numbers)
    assert [len(panel) for panel in chosen.panels] == [1, 1]


def test_one_side_alone_another_measure_a_form_and_a_withdrawn_source_make_no_picture() -> None:
    mine = [with_number("mine")]

    assert choose(mine, []) == []
    assert choose(mine, [with_number("other", measure=RATE)]) == []
    assert choose(mine, [with_number("form", subtype="limited")]) == [["mine", "form"]]  # A form nobody knows.
    assert choose(mine, [with_number("doubtful", withdrawn=True)]) == []


def test_details_alone_and_features_that_are_a_detail_of_one_side_are_not_drawn() -> None:
    assert choose([with_number("a", "main")], [with_number("b", "detail")]) == []
    assert choose([with_number("a", "key")], [with_number("b", "detail")]) == [["a", "b"]]
    fatigue = {"feature": "fatigue"}
    assert choose([with_number("a", "key", **fatigue)], [with_number("b", "detail", **fatigue)]) == []
    assert choose([with_number("a", "key", **fatigue)], [with_number("b", "main", **fatigue)]) == [["a", "b"]]
    assert choose([with_number("a", feature="pain")], [with_number("b", feature="fatigue")]) == []


def test_counts_give_way_to_rates_of_the_same_topic() -> None:
    def numbers(side):
        return [with_number(f"count-{side}", measure=COUNT), with_number(f"rate-{side}", measure=RATE)]

    assert choose(numbers("a"), numbers("b")) == [["rate-a", "rate-b"]]
    assert choose(numbers("a")[:1], numbers("b")[:1]) == [["count-a", "count-b"]]


def test_three_conditions_give_three_numbers_and_one_without_is_left_out() -> None:
    assert choose([with_number("a")], [], [with_number("c")], [with_number("d")]) == [["a", "c", "d"]]


def test_the_id_of_a_picture_has_no_spaces_whatever_is_counted() -> None:
    sides = [[with_number("mine", feature="Tired legs (any)")], [with_number("theirs", feature="Tired legs (any)")]]
    numbers = [list_numbers(condition(f"side-{place}", *facts), 1) for place, facts in enumerate(sides)]

    (chosen,) = choose_together(numbers)

    assert make_figure(chosen, References()).anchor == "figure-survival-10-year-tired-legs-any"
