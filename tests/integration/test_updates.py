"""The list of changes, the corrections, and the feed."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.test import Client

from comparisons import updates
from conditions.models import Fact
from editorial.models import Edition
from tests.factories import make_citation, make_comparison, make_condition, make_fact, make_faq, make_reviewer
from tests.reading import get_words, list_links
from tests.steps import approve, edit, retire, submit

pytestmark = pytest.mark.django_db
START = datetime(2025, 1, 1, 12, tzinfo=UTC)


def publish_at(at: datetime, *items, **options) -> None:
    submit(*items)
    approve(*items, by=make_reviewer(interests_declared_on=at.date()), at=at, **options)


def change(item, day: int, *, materiality: str = "clinical", is_correction: bool = False, **values) -> None:
    """A change that is public so many days after the start."""
    submit(item, by=edit(item, **values))
    at = START + timedelta(days=day)
    by = make_reviewer(interests_declared_on=at.date())
    approve(item, by=by, at=at, materiality=materiality, is_correction=is_correction)


@pytest.fixture
def fact() -> Fact:
    """Of the condition "one", which "both" compares with "two"; "why" asks about "two"."""
    source = make_citation(key="study")
    one, two = (make_condition(slug=slug, name=f"Name {slug}", sources=[source]) for slug in ("one", "two"))
    fact = make_fact(one, sources=[source], key="stiff", text="Legs get stiff in 7 years.")
    comparison = make_comparison(one, two, slug="both", title="Name of both")
    faq = make_faq(two, slug="why", question="Why so?", sources=[source])
    publish_at(START, source, one, two, fact, comparison, faq)
    return fact


def titles(response) -> list[str]:
    soup = BeautifulSoup(response.content.decode(), "html5lib")
    return [heading.get_text() for heading in soup.select(".updates h2")]


def test_changes_stand_newest_first_with_day_reason_review_and_the_way_to_the_words(
    client: Client, fact: Fact, django_assert_max_num_queries
) -> None:
    change(fact, 3, text="Legs get stiff in 9 years.")

    with django_assert_max_num_queries(3):
        response = client.get("/updates/")

    assert titles(response)[0] == "Name one"
    assert set(titles(response)) == {"Name one", "Name two", "Name of both", "Why so?"}
    words = get_words(response)
    assert "4 January 2025 Content reviewed 1 statement changed: Symptoms." in words
    assert {"/history/condition/one/2/changes/", "/history/condition/one/1/"} <= set(list_links(response))


def test_mended_wording_is_told_apart_from_a_medical_review(client: Client, fact: Fact) -> None:
    change(fact, 3, materiality="editorial", text="The legs get stiff in 7 years.")

    assert "4 January 2025 Wording or sources only" in get_words(client.get("/updates/"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=faq", ["Why so?"]),
        ("kind=citation", ["A study named study"]),
        ("condition=one", ["Name of both", "Name one"]),
        ("condition=two&kind=condition", ["Name two"]),
        ("kind=glossary", []),
    ],
)
def test_the_list_can_be_narrowed(client: Client, fact: Fact, query: str, expected: list[str]) -> None:
    assert sorted(titles(client.get(f"/updates/?{query}"))) == expected


@pytest.mark.parametrize("query", ["kind=fact", "condition=no-such", "page=0", "page=x", f"page={10**30}", "kind=%00"])
def test_a_filter_that_is_none_is_refused_with_a_sentence(client: Client, fact: Fact, query: str) -> None:
    response = client.get(f"/updates/?{query}")

    assert response.status_code == 400
    assert BeautifulSoup(response.content.decode(), "html5lib").select_one("[role=alert]").get_text()


def test_a_long_list_comes_in_pages(client: Client, fact: Fact, monkeypatch) -> None:
    monkeypatch.setattr(updates, "PAGE_LENGTH", 2)
    monkeypatch.setattr("comparisons.views.updates.PAGE_LENGTH", 2)
    monkeypatch.setitem(updates.list_updates.__kwdefaults__, "limit", 2)

    first, last = client.get("/updates/?condition=&kind="), client.get("/updates/?page=2")

    assert (len(titles(first)), len(titles(last))) == (2, 2)
    assert set(titles(first)).isdisjoint(titles(last))
    assert "?page=2" in list_links(first)
    assert "?page=1" in list_links(last)
    assert "?page=3" not in list_links(last)


def test_a_withdrawn_page_is_told_without_its_name_and_its_past_is_gone(client: Client, fact: Fact) -> None:
    change(fact.condition, 2, name="Canary name")
    retire(fact.condition)

    for address in ("/updates/", "/updates/feed/", "/updates/?kind=condition"):
        said = client.get(address).content.decode()
        assert "Canary name" not in said
        assert "Name one" not in said
        assert "/one/" not in said
        assert "This page was withdrawn." in said
        assert "Name of both" not in said


def test_a_page_is_called_by_its_name_of_today(client: Client, fact: Fact) -> None:
    change(fact.condition, 2, name="A kinder name")

    assert titles(client.get("/updates/?kind=condition")).count("A kinder name") == 2


def test_nothing_that_waits_for_approval_is_news(client: Client, fact: Fact) -> None:
    submit(fact, by=edit(fact, text="Canary of the draft."))

    assert "Canary" not in client.get("/updates/").content.decode()
    assert Edition.objects.filter(kind="condition").count() == 2


def test_only_signed_corrections_stand_in_their_list(client: Client, fact: Fact, django_assert_max_num_queries) -> None:
    assert "No correction so far." in get_words(client.get("/updates/corrections/"))
    change(fact, 2, text="Legs get stiff in 8 years.")
    assert "No correction so far." in get_words(client.get("/updates/corrections/"))

    change(fact, 3, text="Legs get stiff in 9 years.", is_correction=True)
    with django_assert_max_num_queries(3):
        response = client.get("/updates/corrections/")

    assert titles(response) == ["Name one"]
    assert "/history/condition/one/3/changes/" in list_links(response)
    assert "Correction" in get_words(client.get("/updates/?kind=condition"))


def read_feed(client: Client):
    response = client.get("/updates/feed/")
    return response, feedparser.parse(response.content)


def test_the_feed_is_valid_and_true(client: Client, fact: Fact, settings, django_assert_max_num_queries) -> None:
    settings.SITE_URL = "https://example.org"
    change(fact, 3, text="Legs get stiff in 9 years & more.", is_correction=True)

    with django_assert_max_num_queries(3):
        response, feed = read_feed(client)

    assert response["Content-Type"].startswith("application/atom+xml")
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.updated == "2025-01-04T12:00:00+00:00"
    newest = feed.entries[0]
    assert newest.title == "Correction: Name one"
    assert newest.summary == "1 statement changed: Symptoms. Content reviewed."
    assert newest.link == "https://example.org/history/condition/one/2/changes/"
    assert newest.updated == newest.published == "2025-01-04T12:00:00+00:00"
    assert newest.id == f"tag:example.org,2025-01-04:edition/condition/{fact.condition.review_id}/2"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 5
    links = [link.href for link in (*feed.feed.links, *(link for entry in feed.entries for link in entry.links))]
    assert all(link.startswith("https://example.org/") for link in links)


def test_the_feed_keeps_its_ids_when_a_page_moves(client: Client, fact: Fact) -> None:
    before = {entry.id for entry in read_feed(client)[1].entries}
    change(fact.condition, 2, slug="one-anew")

    assert before <= {entry.id for entry in read_feed(client)[1].entries}


def test_a_reader_who_has_the_feed_is_not_sent_it_again(client: Client, fact: Fact) -> None:
    first, _ = read_feed(client)

    assert client.get("/updates/feed/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get("/updates/feed/", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304

    change(fact, 3, text="Legs get stiff in 9 years.")

    assert client.get("/updates/feed/", headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert client.get("/updates/feed/", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 200


def test_an_empty_site_has_an_empty_feed(client: Client) -> None:
    response, feed = read_feed(client)

    assert (response.status_code, feed.bozo, feed.entries) == (200, False, [])
    assert "Nothing has changed so far." in get_words(client.get("/updates/"))


def test_every_page_leads_to_the_feed(client: Client, fact: Fact) -> None:
    soup = BeautifulSoup(client.get("/faqs/why/").content.decode(), "html5lib")

    assert soup.find("link", rel="alternate", type="application/atom+xml")["href"] == "/updates/feed/"
