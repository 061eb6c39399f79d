"""What holds for every public page, wherever it comes from."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.public_routes import list_public_urls
from tests.reading import find_canonical, find_meta
from tests.rich_content import build_rich_site
from tests.steps import retire, revise

pytestmark = pytest.mark.django_db


@pytest.fixture
def urls() -> list[str]:
    """A site with old editions, a withdrawn statement and a page that moved."""
    site = build_rich_site()
    revise(site.faq, slug="moved-question")
    revise(site.comparison, answer="Another answer.")
    retire(site.term)
    return list_public_urls()


def test_no_page_sets_a_cookie_or_depends_on_one(client: Client, urls: list[str]) -> None:
    responses = {url: client.get(url) for url in urls}

    assert not [url for url, response in responses.items() if response.cookies]
    assert not [url for url, response in responses.items() if "cookie" in response.get("Vary", "").lower()]
    assert {response.status_code for response in responses.values()} <= {200, 301, 302, 400, 404, 410}


def test_no_cache_on_the_way_uses_an_answer_for_longer_than_a_second_without_asking_again(
    client: Client, urls: list[str]
) -> None:
    answers = {url: client.get(url) for url in urls}

    allowed = ("no-cache", "no-store", "max-age=0, stale-while-revalidate=1")
    assert {url for url, answer in answers.items() if not any(word in answer["Cache-Control"] for word in allowed)} == {
        url for url, answer in answers.items() if url.startswith("/pictures/") and answer.status_code == 200
    }
    assert not [url for url, answer in answers.items() if "CDN-Cache-Control" in answer]


def test_a_page_is_kept_for_when_the_site_is_down_and_an_error_is_not(client: Client, urls: list[str]) -> None:
    for url in urls:
        answer = client.get(url)
        is_kept = "stale-if-error" in answer["Cache-Control"]
        assert not is_kept or answer.status_code in (200, 301, 410), url
        assert is_kept or answer.status_code != 410 or url.startswith(("/api/", "/share/", "/feedback/")), url


def test_every_page_takes_at_most_three_queries(client: Client, urls: list[str]) -> None:
    counts = {}
    for url in urls:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        # To say why a page is not there may take one more than to show it.
        counts[url] = len(queries) - (response.status_code in (400, 404, 410))

    assert len(counts) > 40
    assert {url: count for url, count in counts.items() if count > 3} == {}


def test_every_page_names_its_address_and_what_it_is(client: Client, urls: list[str]) -> None:
    pages = {url: client.get(url) for url in urls}
    pages = {url: page for url, page in pages.items() if page.status_code == 200 and "html" in page["Content-Type"]}

    assert len(pages) > 30
    for url, page in pages.items():
        canonical = find_canonical(page)
        assert canonical is not None, url
        assert canonical.startswith("http://127.0.0.1:8000/"), url
        assert find_meta(page, "description"), url
        is_search = url.startswith("/search/") or "q=" in url
        is_old = "as_of=" in url or re.search(r"^/history/.*/\d+/(changes/)?$", url) is not None
        is_part = any(name in url for name in ("evidence=", "change=", "letter="))
        is_hidden = is_old or is_search or is_part or url.startswith("/feedback/")
        assert (find_meta(page, "robots") == "noindex") is is_hidden, url


def test_other_methods_than_reading_are_refused(client: Client, urls: list[str]) -> None:
    answers = {url: client.post(url).status_code for url in urls if "?" not in url and url != "/feedback/"}

    assert {url: status for url, status in answers.items() if status not in (404, 405)} == {}
