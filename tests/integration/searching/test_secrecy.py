"""Where the question of a reader goes: nowhere."""

import logging
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.integration.searching.site import Site, suggest
from tests.reading import find_canonical, find_meta
from tests.steps import read_database

pytestmark = pytest.mark.django_db


def test_results_are_kept_from_search_engines_and_from_the_next_page(
    site: Site, search: Callable[..., HttpResponse]
) -> None:
    response = search("tremor")

    assert find_meta(response, "robots") == "noindex"
    assert find_canonical(response) == "http://127.0.0.1:8000/search/"
    assert response["Referrer-Policy"] == "no-referrer"
    assert search("st vs hd")["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/search/", "/faqs/", "/es/search/", "/es/faqs/"])
@pytest.mark.parametrize("query", ["q=tremor", "q=zzzzzz", "q=!!!", "q=st+vs+hd", "q=hurt&page=x", "q=hurt&page=9"])
def test_no_cache_keeps_a_question(site: Site, client: Client, path: str, query: str) -> None:
    response = client.get(f"{path}?{query}")

    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"


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
