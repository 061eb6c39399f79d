"""The names by which a CDN is told what became old."""

from editorial import surrogate_keys
from editorial.models import Edition
from editorial.surrogate_keys import MOST_OF_A_KIND, name_all, name_old, note, noting


def test_an_answer_is_named_by_the_pages_that_it_shows_and_the_kinds_that_it_lists():
    with noting() as noted:
        note("faq", ["can-one-have-both"])
        note("condition", ["als", "ms"])
        note("condition")
    note("term", ["outside-of-any-answer"])

    assert name_all(noted) == ["site", "condition-als", "condition-ms", "condition", "faq-can-one-have-both"]


def test_more_pages_than_can_be_named_are_named_by_their_kind():
    with noting() as noted:
        note("citation", [f"study-{number}" for number in range(MOST_OF_A_KIND + 1)])

    assert name_all(noted) == ["site", "citation"]


def test_a_new_edition_makes_its_page_and_the_lists_of_its_kind_old():
    pairs = [("als", Edition(kind="condition", slug="als")), (None, Edition(kind="citation", slug="study-1"))]

    assert name_old(pairs) == {"citation", "citation-study-1", "condition", "condition-als"}


def test_a_withdrawal_makes_everything_old():
    pairs = [
        ("als", Edition(kind="condition", slug="als")),
        ("one", Edition(kind="faq", slug="one", is_withdrawn=True)),
    ]

    assert name_old(pairs) == {surrogate_keys.EVERYTHING}


def test_a_new_address_makes_everything_old():
    assert name_old([("old-name", Edition(kind="faq", slug="new-name"))]) == {surrogate_keys.EVERYTHING}
