"""What is found, in which order, and how it is shown."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from editorial.models import SearchEntry
from tests.factories import make_fact, publish
from tests.integration.searching.site import Site, list_hits
from tests.reading import get_words
from tests.steps import retire, revise

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("tremor", "/conditions/stiffness/#fact-st-tremor"),
        ("tremors", "/conditions/stiffness/#fact-st-tremor"),
        ("trem", "/conditions/stiffness/#fact-st-tremor"),
        ("sjogrens leg", "/conditions/stiffness/#fact-st-tremor"),
        ("SJÖGREN'S", "/conditions/stiffness/#fact-st-tremor"),
        ("rigor legs", "/conditions/stiffness/#fact-st-tremor"),
        ("jones's tremor", "/conditions/stiffness/#fact-st-tremor"),
        ("RG tremor", "/conditions/stiffness/#fact-st-tremor"),
        ("early", "/conditions/stiffness/#form-early"),
        ("hurts", "/faqs/does-it-hurt/"),
        ("harder", "/compare/st-vs-hd/"),
        ("walking study", "/sources/walk-2020/"),
        ("GA", "/glossary/#term-gait"),
        ("gait-analysis", "/glossary/#term-gait"),
    ],
)
def test_every_kind_of_content_is_found_by_its_words_and_by_the_names_of_what_it_is_about(
    site: Site, search: Callable[..., HttpResponse], question: str, address: str
) -> None:
    response = search(question)

    assert response.status_code == 200
    assert address in list_hits(response)


def test_every_result_leads_to_a_place_that_is_there(site: Site, client: Client) -> None:
    addresses = list(SearchEntry.objects.values_list("address", flat=True))

    assert len(addresses) == 9
    for address in addresses:
        path, _, anchor = address.partition("#")
        page = BeautifulSoup(client.get(path).content.decode(), "html5lib")
        assert not anchor or page.find(id=anchor), address


@pytest.mark.parametrize("question", ["Great stiffness", "ST", "jones’s disease", "Jones's", "what is rigor?"])
def test_an_exact_name_shows_its_condition_first_with_its_comparisons(
    site: Site, search: Callable[..., HttpResponse], question: str
) -> None:
    response = search(question)

    assert list_hits(response)[0] == "/conditions/stiffness/"
    best = BeautifulSoup(response.content.decode(), "html5lib").select_one(".best-hit")
    assert [link["href"] for link in best.select("a")] == ["/conditions/stiffness/", "/compare/st-vs-hd/"]


def test_a_word_counts_more_in_a_title_than_below_it_and_more_there_than_in_what_it_belongs_to(
    site: Site, search: Callable[..., HttpResponse]
) -> None:
    """The last one is the oldest, so it would come first if all words counted alike."""
    places = [
        {"key": "more", "group": "Yawning", "label": "Breath", "short": "Sighs", "text": "Happens at night."},
        {"key": "text", "group": "Habits", "label": "Breath", "short": "Sighs", "text": "Yawning at night."},
        {"key": "short", "group": "Habits", "label": "Breath", "short": "Yawning", "text": "Happens at night."},
        {"key": "title", "group": "Habits", "label": "Yawning", "short": "Sighs", "text": "Happens at night."},
    ]
    publish(
        *(
            make_fact(site.stiffness, topic=site.fact.topic, sources=[site.source], position=n, **values)
            for n, values in enumerate(places)
        )
    )

    hits = [address.partition("#fact-")[2] for address in list_hits(search("yawning"))]

    assert hits == ["title", "short", "text", "more"]


def test_results_are_escaped_and_marked(site: Site, search: Callable[..., HttpResponse]) -> None:
    html = search("tremor sjogren <b>").content.decode()

    assert "A <mark>tremor</mark> in <mark>Sjögren’s</mark> leg &amp; &lt;<mark>b</mark>&gt;more" in html
    assert "Leg <mark>tremor</mark>" in html


def test_what_fits_a_part_of_the_question_is_shown_when_nothing_fits_all(
    site: Site, search: Callable[..., HttpResponse]
) -> None:
    response = search("tremor cramps")

    assert "Nothing has all of these words." in get_words(response)
    assert len(list_hits(response)) == 2


@pytest.mark.parametrize(
    "question",
    [
        "great stiffness jones tremor",
        "rigor st tremor rg",
        "tremor st gait hd",
        "ST and HD and GA tremor of legs",
    ],
)
def test_several_names_are_looked_for_together(site: Site, search: Callable[..., HttpResponse], question: str) -> None:
    response = search(question)

    assert response.status_code == 200
    assert "/conditions/stiffness/#fact-st-tremor" in list_hits(response)


def test_a_name_that_is_a_word_of_every_text_hides_nothing(site: Site, search: Callable[..., HttpResponse]) -> None:
    """PostgreSQL leaves such words out, so there is no way to look for it."""
    revise(site.term, preferred="other", abbreviation="")

    assert "/conditions/stiffness/#fact-st-tremor" in list_hits(search("other tremor"))


@pytest.mark.parametrize("question", ["st vs hd", "difference between great stiffness and HD", "Hardness or Jones's"])
def test_a_question_for_two_conditions_leads_to_the_curated_comparison(
    site: Site, search: Callable[..., HttpResponse], question: str
) -> None:
    response = search(question)

    assert (response.status_code, response["Location"]) == (302, "/compare/st-vs-hd/")


def test_without_a_curated_comparison_it_leads_to_one_made_for_the_question(
    site: Site, client: Client, search: Callable[..., HttpResponse]
) -> None:
    retire(site.comparison)

    assert search("hd vs st")["Location"] == "/compare/?with=hardness&with=stiffness"
    assert client.get("/es/search/?q=hd+vs+st")["Location"] == "/es/compare/?with=hardness&with=stiffness"


@pytest.mark.parametrize("question", ["tremor", "tremro", "st", "zzzzzz", "legs&kind=fact&condition=hardness"])
def test_a_page_of_results_takes_at_most_three_queries(
    site: Site, client: Client, question: str, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(3):
        client.get(f"/search/?q={question}")
    with django_assert_max_num_queries(3):
        client.get(f"/faqs/?q={question}")
    with django_assert_max_num_queries(2):
        client.get(f"/search/suggestions/?q={question}")


def test_the_spanish_page_marks_what_is_english(site: Site, client: Client) -> None:
    page = BeautifulSoup(client.get("/es/search/?q=tremor").content.decode(), "html5lib")

    assert page.html["lang"] == "es"
    assert page.select_one(".hits h3")["lang"] == "en"
    assert page.select_one(".hits a")["href"] == "/es/conditions/stiffness/#fact-st-tremor"
