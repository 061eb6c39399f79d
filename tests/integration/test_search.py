"""The search of readers: what is found, how it is shown, what is refused, and what is never found."""

import logging
import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from comparisons.models import Comparison
from conditions.models import Condition, Fact, Subtype
from editorial.models import SearchEntry, SearchStart, SearchWord
from editorial.searching.indexing import rebuild
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_fact,
    make_faq,
    make_term,
    make_topic,
    publish,
)
from tests.reading import find_canonical, find_meta, get_words, list_links
from tests.steps import approve, edit, read_database, retire, revise, submit

pytestmark = pytest.mark.django_db


class Site:
    """Two conditions that are compared, and one of everything else."""

    def __init__(self) -> None:
        self.source = make_citation(key="walk-2020", title="Walking with stiffness: a study")
        names = {"abbreviation": "ST", "also_known_as": ["Jones’s disease", "Rigor (RG)"], "definition": "It stiffens."}
        self.stiffness = make_condition(
            slug="stiffness", name="Great stiffness", position=1, sources=[self.source], **names
        )
        Subtype.objects.create(condition=self.stiffness, slug="early", name="Early stiffness", definition="At first.")
        self.hardness = make_condition(
            slug="hardness",
            name="Hardness",
            abbreviation="HD",
            position=2,
            sources=[self.source],
            definition="It hardens.",
        )
        topic = make_topic("legs", name="The legs", question="What of the legs?")
        self.fact = make_fact(
            self.stiffness,
            key="st-tremor",
            topic=topic,
            sources=[self.source],
            label="Leg tremor",
            text="A tremor in Sjögren’s leg & <b>more</b>.",
        )
        self.other = make_fact(
            self.hardness, key="hd-cramp", topic=topic, sources=[self.source], text="Cramps wake many people at night."
        )
        self.comparison = make_comparison(
            self.stiffness, self.hardness, slug="st-vs-hd", title="Great stiffness vs hardness", answer="One is harder."
        )
        self.faq = make_faq(
            self.stiffness,
            slug="does-it-hurt",
            sources=[self.source],
            question="Does it hurt?",
            answer="It may **hurt**.",
        )
        self.term = make_term(
            slug="gait",
            preferred="gait analysis",
            abbreviation="GA",
            definition="How one walks.",
            sources=[self.source],
        )
        items = [
            self.source,
            self.stiffness,
            self.hardness,
            self.fact,
            self.other,
            self.comparison,
            self.faq,
            self.term,
        ]
        for item in items:
            item.save()
            item.refresh_from_db()
        publish(*items)


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def search(client: Client) -> Callable[..., HttpResponse]:
    return lambda q, **more: client.get("/search/", {"q": q, **more})


def list_hits(response: HttpResponse) -> list[str]:
    """The addresses of the results, best first."""
    soup = BeautifulSoup(response.content.decode(), "html5lib")
    return [link["href"] for link in soup.select(".best-hit h2 a, .hits h3 a")]


def suggest(client: Client, q: str) -> list[dict[str, str]]:
    return client.get("/search/suggestions/", {"q": q}).json()["suggestions"]


# What is found


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


# Filters, counts and pages


def test_results_are_counted_and_narrowed_by_kind_and_condition(
    site: Site, search: Callable[..., HttpResponse]
) -> None:
    words = get_words(search("legs"))
    assert "2 results" in words
    assert "Facts (2)" in words
    assert "Great stiffness (1)" in words

    assert list_hits(search("legs", condition="hardness")) == ["/conditions/hardness/#fact-hd-cramp"]
    assert list_hits(search("hurt tremor", kind="faq")) == ["/faqs/does-it-hurt/"]
    assert "?q=legs&kind=fact&condition=hardness" in list_links(search("legs", condition="hardness"))


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


# Empty, long and hostile questions


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "Write a word, a name or a short question"),
        ("   ", "Write a word, a name or a short question"),
        ("!!! ??? 🧠", "There is no word in this question."),
        ("the of and", "These words stand nearly everywhere."),
        ("zzzzzz", "Nothing was found."),
        ("word " * 10_000, "only its beginning was looked for"),
        ("x" * 5_000, "only its beginning was looked for"),
        ("\x00", "Write a word"),
        ("a\x00zzzb", "Nothing was found."),
        ("' OR 1=1 --", "Nothing was found."),
        ("tremor:* & (leg | ", "1 result"),
        ("<script>alert(1)</script>", "Nothing was found."),
        ("%s %(all)s {0}", "Nothing was found."),
        ("日本語 العربية", "Nothing was found."),
        ("1e400 0x1f 3.14 -5", "Nothing was found."),
        ("zzabout1", "These words stand nearly everywhere."),
    ],
)
def test_a_strange_question_gets_a_helpful_page(
    site: Site, search: Callable[..., HttpResponse], question: str, said: str
) -> None:
    response = search(question)

    assert response.status_code == 200
    assert said in get_words(response)
    assert "<script>alert" not in response.content.decode()


def test_a_page_without_results_shows_the_conditions_and_the_picker(
    site: Site, search: Callable[..., HttpResponse]
) -> None:
    response = search("zzzzzz")

    assert {"/conditions/stiffness/", "/conditions/hardness/", "/faqs/"} <= set(list_links(response))
    assert "Choose two to four." in get_words(response)


def test_a_typing_error_is_answered_with_what_was_meant(site: Site, search: Callable[..., HttpResponse]) -> None:
    response = search("tremro")

    assert "Did you mean tremor ?" in get_words(response)
    assert "?q=tremor" in list_links(response)


def test_a_site_without_content_says_so_kindly(search: Callable[..., HttpResponse]) -> None:
    assert search("anything").status_code == 200


# How the page behaves


def test_results_are_kept_from_search_engines_and_from_the_next_page(
    site: Site, search: Callable[..., HttpResponse]
) -> None:
    response = search("tremor")

    assert find_meta(response, "robots") == "noindex"
    assert find_canonical(response) == "http://127.0.0.1:8000/search/"
    assert response["Referrer-Policy"] == "no-referrer"
    assert search("st vs hd")["Referrer-Policy"] == "no-referrer"


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


def test_what_was_searched_is_in_no_table_and_no_line_of_the_log(
    site: Site, search: Callable[..., HttpResponse], client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    before = read_database()
    with caplog.at_level(logging.INFO):
        for q in ("secretword", "secretword vs other"):
            search(q)
            search(q, page="x")
            client.get("/faqs/", {"q": q})
            suggest(client, q)

    assert read_database() == before
    assert "secretword" not in caplog.text


# Suggestions


def test_titles_and_names_are_suggested_by_the_beginning_of_any_word(site: Site, client: Client) -> None:
    assert suggest(client, "stif")[0] == {
        "text": "Great stiffness",
        "context": "",
        "kind": "condition",
        "path": "/conditions/stiffness/",
    }
    assert suggest(client, "Trem")[0]["path"] == "/conditions/stiffness/#fact-st-tremor"
    assert suggest(client, "jones")[0]["text"] == "Great stiffness"
    assert [found["kind"] for found in suggest(client, "hurt")] == ["faq"]


def test_suggestions_are_at_most_eight_and_not_kept(site: Site, client: Client) -> None:
    publish(*(make_fact(site.stiffness, sources=[site.source], label=f"Yawn {n}") for n in range(12)))

    response = client.get("/search/suggestions/?q=yawn")

    assert len(response.json()["suggestions"]) == 8
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("question", ["", "s", "%", "zz%", "\x00", "x" * 10_000, "_"])
def test_hostile_beginnings_are_suggested_nothing(site: Site, client: Client, question: str) -> None:
    assert suggest(client, question) == []


# What is never found


def list_traces(client: Client, word: str) -> list[str]:
    """Where the search gives the word away."""
    page, questions = client.get("/search/", {"q": word}), client.get("/faqs/", {"q": word})
    wrong = client.get("/search/", {"q": word[:-1] + "q"})  # One letter is wrong.
    traces = {
        "results": list_hits(page) + list_hits(questions),
        "suggestions": suggest(client, word[:5]),
        "did you mean": re.findall(word, wrong.content.decode()),
        "rows": [
            *SearchEntry.objects.filter(text__icontains=word),
            *SearchEntry.objects.filter(title__icontains=word),
            *SearchStart.objects.filter(key__contains=word),
            *SearchWord.objects.filter(word=word),
        ],
    }
    return [name for name, found in traces.items() if found]


ALL_TRACES = ["results", "suggestions", "did you mean", "rows"]


def name_everything(site: Site) -> dict[str, Condition | Fact | Comparison]:
    """The items, by the one word that stands in a title or label of each and nowhere else."""
    words = {
        "vermilion": (site.fact, {"label": "Vermilion"}),
        "turquoise": (site.faq, {"question": "Turquoise?"}),
        "aubergine": (site.term, {"preferred": "aubergine"}),
        "terracotta": (site.comparison, {"title": "Terracotta"}),
        "chartreuse": (site.stiffness, {"name": "Chartreuse"}),
    }
    for item, values in words.values():
        edit(item, **values)
    return {word: item for word, (item, _) in words.items()}


def test_a_draft_and_a_pending_change_are_found_by_nothing(site: Site, client: Client) -> None:
    items = name_everything(site)
    make_fact(site.stiffness, label="Periwinkle", text="Periwinkle.")

    traces = {word: list_traces(client, word) for word in (*items, "periwinkle")}
    assert {word: found for word, found in traces.items() if found} == {}
    assert list_traces(client, "tremor") == ALL_TRACES


def test_an_approved_change_is_found_by_its_new_words_only(site: Site, client: Client) -> None:
    revise(site.fact, label="Vermilion", text="Something new.")

    assert list_traces(client, "vermilion") == ALL_TRACES
    assert list_traces(client, "tremor") == []


def test_what_is_retired_is_found_by_nothing_at_once(site: Site, client: Client) -> None:
    items = name_everything(site)
    submit(*items.values())
    approve(*items.values())
    assert {word: list_traces(client, word) for word in items} == dict.fromkeys(items, ALL_TRACES)

    for word in ("vermilion", "turquoise", "aubergine", "terracotta", "chartreuse"):
        retire(items[word])
        assert list_traces(client, word) == [], word


def test_a_retired_source_is_found_no_more(site: Site, client: Client) -> None:
    assert "/sources/walk-2020/" in list_hits(client.get("/search/?q=study"))

    retire(site.source)

    assert SearchEntry.objects.filter(kind="source").count() == 0
    assert list_hits(client.get("/search/?q=study")) == []


def test_a_comparison_goes_with_its_condition(site: Site, client: Client) -> None:
    retire(site.hardness)

    assert list_hits(client.get("/search/?q=harder")) == []
    assert suggest(client, "hardness") == []
    assert client.get("/search/?q=st+vs+hd").status_code == 200


def test_building_the_search_again_changes_nothing(site: Site) -> None:
    def read() -> list[list[object]]:
        entries = SearchEntry.objects.order_by("address").values_list("address", "title", "text", "names", "vector")
        starts = SearchStart.objects.order_by("key", "entry__address").values_list("key", "tier", "entry__address")
        return [list(entries), list(starts), list(SearchWord.objects.order_by("word").values_list("word", "uses"))]

    revise(site.fact, label="Vermilion")
    retire(site.faq)
    before = read()

    assert rebuild() == len(before[0])
    assert read() == before
