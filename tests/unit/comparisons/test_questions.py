"""How questions are grouped."""

from comparisons.questions import group_questions
from conditions.named import PublicPage

ONE = PublicPage("condition", "one", 1, "One disease", "OD", 2)
TWO = PublicPage("condition", "two", 2, "Two disease", "TD", 1)
PAIR = PublicPage("comparison", "pair", 3, "One and two", "", 0)


def make_row(slug: str, *, conditions: list[int], comparisons: list[int], position: int = 0) -> dict:
    return {
        "slug": slug,
        "question": f"{slug}?",
        "conditions": conditions,
        "comparisons": comparisons,
        "position": position,
    }


def group(*rows: dict, pages: tuple[PublicPage, ...] = (ONE, TWO, PAIR)) -> list[tuple[str, str, list[str]]]:
    return [
        (found.heading, found.url, [question.slug for question in found.questions])
        for found in group_questions(rows, pages)
    ]


def test_a_question_about_a_comparison_stands_under_it_in_its_place() -> None:
    rows = [
        make_row("later", conditions=[1], comparisons=[3], position=2),
        make_row("sooner", conditions=[2], comparisons=[3], position=1),
    ]

    assert group(*rows) == [("One and two", "/compare/pair/", ["sooner", "later"])]


def test_a_question_about_conditions_stands_under_their_names_in_the_order_of_the_site() -> None:
    both, alone = make_row("both", conditions=[1, 2], comparisons=[]), make_row("alone", conditions=[1], comparisons=[])

    assert group(both, alone) == [
        ("One disease", "/conditions/one/", ["alone"]),
        ("Two disease and One disease", "", ["both"]),
    ]


def test_what_is_not_public_gives_no_heading_and_the_rest_stands_last() -> None:
    rows = [make_row("pair", conditions=[1], comparisons=[3]), make_row("lost", conditions=[9], comparisons=[8])]

    assert group(*rows, pages=(ONE,)) == [
        ("One disease", "/conditions/one/", ["pair"]),
        ("Other questions", "", ["lost"]),
    ]
