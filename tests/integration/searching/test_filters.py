"""How results are counted, narrowed and parted into pages."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse

from comparisons.answering import KINDS
from tests.factories import make_fact, publish
from tests.integration.searching.site import Site, list_hits
from tests.reading import get_words, list_links

pytestmark = pytest.mark.django_db

OF_KIND = {
    "condition": ("stiffness", "/conditions/stiffness/"),
    "comparison": ("stiffness", "/compare/st-vs-hd/"),
    "faq": ("hurt", "/faqs/does-it-hurt/"),
    "fact": ("tremor", "/conditions/stiffness/#fact-st-tremor"),
    "form": ("stiffness", "/conditions/stiffness/#form-early"),
    "term": ("walks", "/glossary/#term-gait"),
    "source": ("stiffness", "/sources/walk-2020/"),
}
"""What is asked, and the only one of the kind that has it."""


def test_results_are_counted_and_narrowed_by_kind_and_condition(
    site: Site, search: Callable[..., HttpResponse]
) -> None:
    words = get_words(search("legs"))
    assert "2 results" in words
    assert "Facts (2)" in words
    assert "Great stiffness (1)" in words

    assert list_hits(search("hurt tremor", kind="faq")) == ["/faqs/does-it-hurt/"]
    assert "?q=legs&kind=fact&condition=hardness" in list_links(search("legs", condition="hardness"))


@pytest.mark.parametrize("kind", KINDS)
def test_each_filter_by_kind_leaves_what_is_of_it(site: Site, search: Callable[..., HttpResponse], kind: str) -> None:
    question, address = OF_KIND[kind]

    assert list_hits(search(question, kind=kind)) == [address]


@pytest.mark.parametrize(
    ("condition", "about"),
    [("stiffness", "/conditions/stiffness/#fact-st-tremor"), ("hardness", "/conditions/hardness/#fact-hd-cramp")],
)
def test_each_filter_by_condition_leaves_what_is_about_it(
    site: Site, search: Callable[..., HttpResponse], condition: str, about: str
) -> None:
    assert list_hits(search("legs", condition=condition)) == [about]
    assert list_hits(search("legs", kind="fact", condition=condition)) == [about]
    assert list_hits(search(condition, kind="condition", condition=condition)) == [f"/conditions/{condition}/"]


def test_twenty_results_stand_on_a_page(site: Site, search: Callable[..., HttpResponse]) -> None:
    facts = [make_fact(site.stiffness, sources=[site.source], text=f"Number {n} of yawns.") for n in range(25)]
    publish(*facts)

    first, second = search("yawns"), search("yawns", page=2)

    assert (len(list_hits(first)), len(list_hits(second))) == (20, 5)
    assert "25 results, 1 to 20 shown" in get_words(first)
    assert "Page 2 of 2" in get_words(second)
    assert not set(list_hits(first)) & set(list_hits(second))
    assert "?q=yawns&page=2" in list_links(first)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"page": "0"}, 400),
        ({"page": "-1"}, 400),
        ({"page": "x"}, 400),
        ({"page": "٣"}, 400),
        ({"page": "9" * 50}, 400),
        ({"page": "999"}, 404),
        ({"kind": "nothing"}, 400),
        ({"condition": "nothing"}, 400),
        ({"kind": "\x00"}, 400),
    ],
)
def test_a_filter_or_page_that_is_none_is_refused_with_help(
    site: Site, search: Callable[..., HttpResponse], more: dict[str, str], status: int
) -> None:
    response = search("tremor", **more)

    assert response.status_code == status
    assert "All results for this question" in get_words(response)
