"""What a search costs where there is far more than the demonstration has."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparisons import known
from editorial.models import SearchEntry, SearchStart, SearchWord
from editorial.searching import ranking
from tests.factories import make_condition, make_fact, publish
from tests.integration.searching.site import Site, list_hits
from tests.reading import get_words
from tests.steps import retire, revise

pytestmark = pytest.mark.django_db

_COPY = """
    INSERT INTO editorial_searchentry (subject_kind, subject_id, digest, kind, address, title, text, context,
        abbreviation, position, names, about, tier, vector)
    SELECT subject_kind, subject_id, digest, kind, address || '-' || n, title, text, context,
        abbreviation, position, names, about, tier, vector
    FROM editorial_searchentry, generate_series(1, %s) AS n WHERE kind = %s
"""


def copy_entries(kind: str, times: int) -> None:
    """More of what is found, without pages of their own."""
    with connection.cursor() as cursor:
        cursor.execute(_COPY, [times, kind])


def test_a_very_common_word_says_how_much_there_is_at_least_and_asks_for_another(
    site: Site, search: Callable[..., HttpResponse]
) -> None:
    copy_entries("fact", ranking.MOST)

    response = search("legs")

    assert f"At least {ranking.MOST} results. Add a word to find less." in get_words(response)
    assert len(list_hits(response)) == 20


def test_filters_of_a_very_common_word_look_at_all_that_has_it(site: Site, search: Callable[..., HttpResponse]) -> None:
    """The source is after the last entry that is ranked without the filter."""
    copy_entries("fact", ranking.MOST)
    late = SearchEntry.objects.get(kind="source")
    late.pk = None
    late.save()
    revise(site.source, title="Legs: a study")

    assert list_hits(search("legs", kind="source")) == ["/sources/walk-2020/"]
    assert "1 result" in get_words(search("legs", kind="source"))
    assert len(list_hits(search("legs", kind="fact", condition="hardness"))) == 20


def test_the_rarer_of_two_words_that_nothing_has_both_of_is_found_among_very_many_of_the_other(
    site: Site, search: Callable[..., HttpResponse]
) -> None:
    copy_entries("fact", ranking.MOST)

    hits = list_hits(search("legs hurt"))

    assert "/faqs/does-it-hurt/" in hits
    assert "At least" in get_words(search("legs hurt"))


def test_few_of_very_many_entries_with_the_words_of_a_page_are_ranked_and_the_count_says_so(
    site: Site, search: Callable[..., HttpResponse]
) -> None:
    copy_entries("comparison", ranking.LONG - 2)
    assert f"{ranking.LONG - 1} results," in get_words(search("harder"))

    copy_entries("comparison", 2)

    assert f"At least {ranking.LONG_OF_MANY} results." in get_words(search("harder"))
    assert f"At least {ranking.LONG} results." in get_words(search("harder", kind="comparison"))


def test_the_condition_that_is_meant_is_first_among_very_many(site: Site, search: Callable[..., HttpResponse]) -> None:
    copy_entries("fact", ranking.MOST)

    assert list_hits(search("HD"))[0] == "/conditions/hardness/"


def test_a_word_that_many_pages_have_is_taken_as_it_stands(site: Site, search: Callable[..., HttpResponse]) -> None:
    revise(site.other, text="A trem, which is no shaking.")
    assert "/conditions/stiffness/#fact-st-tremor" in list_hits(search("trem"))

    SearchWord.objects.filter(word="trem").update(uses=ranking.COMMON)

    assert list_hits(search("trem")) == ["/conditions/hardness/#fact-hd-cramp"]


def test_a_search_takes_the_same_queries_at_many_conditions(
    site: Site, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = ["/search/?q=tremor", "/search/?q=tremro", "/search/?q=st", "/search/suggestions/?q=st"]
    before = [count_queries(client, address) for address in addresses]
    publish(*(make_condition(sources=[site.source]) for _ in range(5)))
    monkeypatch.setattr(known, "MOST_LISTED", 4)

    assert [count_queries(client, address) for address in addresses] == before


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_site_of_many_conditions_names_their_list_where_nothing_was_found(
    site: Site, search: Callable[..., HttpResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list_help(search("zzzzzz")) == ["/conditions/stiffness/", "/conditions/hardness/"]

    monkeypatch.setattr(known, "MOST_LISTED", 1)

    assert list_help(search("zzzzzz")) == ["/conditions/"]


def list_help(response: HttpResponse) -> list[str]:
    page = BeautifulSoup(response.content.decode(), "html5lib")
    return [link["href"] for link in page.select("main li a[href^='/conditions/']")]


def test_one_new_fact_writes_one_entry_and_leaves_the_rest_of_its_page_alone(site: Site) -> None:
    publish(*(make_fact(site.stiffness, sources=[site.source], label=f"Yawn {n}") for n in range(4)))
    before = set(SearchEntry.objects.values_list("pk", flat=True))

    revise(site.fact, label="Vermilion")

    after = set(SearchEntry.objects.values_list("pk", flat=True))
    assert (len(before - after), len(after - before)) == (1, 1)
    assert SearchStart.objects.filter(entry__in=after - before).values_list("key", flat=True).get() == "vermilion"


def test_entries_from_before_there_were_digests_are_written_anew(site: Site) -> None:
    SearchEntry.objects.update(digest="", text="Old.")

    revise(site.fact, label="Vermilion")

    assert not SearchEntry.objects.filter(subject_id=site.stiffness.review_id, text="Old.").exists()


def test_what_a_page_says_no_more_is_gone_even_under_an_address_that_stays(site: Site) -> None:
    retire(site.fact)

    addresses = SearchEntry.objects.filter(subject_id=site.stiffness.review_id).values_list("address", flat=True)
    assert sorted(addresses) == ["/conditions/stiffness/", "/conditions/stiffness/#form-early"]
