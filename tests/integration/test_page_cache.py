"""Real pages behind the page cache: nobody can tell the difference, and what is withdrawn is gone."""

from urllib.parse import parse_qsl

import pytest
from django.db import OperationalError
from django.test import Client

from conditions.models import Fact
from editorial import freshness
from sclerosis_site.urls import list_public
from tests.cached_client import CachedClient
from tests.public_routes import list_public_urls
from tests.rich_content import RichSite, build_rich_site
from tests.routes import list_views
from tests.steps import edit, retire, revise

pytestmark = pytest.mark.django_db

NEVER_KEPT = {"search/", "search/suggestions/", "feedback/", "feedback/thanks/"}
"""Nobody's words stay anywhere, and a form answers one person."""
DECLARED = {name for _, view in list_views(list_public()) for name in getattr(view, "query_names", ())}
API = "api/v1/"
"""Answers from the state of the record itself, and refuses names that it does not know."""


@pytest.fixture(autouse=True)
def _nothing_published_yet() -> None:
    freshness._published.clear()


@pytest.fixture
def site() -> RichSite:
    return build_rich_site()


OF_THE_CACHE = ("ETag", "Vary", "Date", "Content-Length", "Cache-Status")


def headers_of(response) -> dict[str, str]:
    return {name: value for name, value in response.items() if name not in OF_THE_CACHE}


def test_every_page_is_what_django_says_the_first_time_and_from_memory(site: RichSite) -> None:
    revise(site.faq, slug="moved-question")
    retire(site.term)
    for key in ("stiffness-rate-12", "hardness-rate-12"):
        revise(Fact.objects.get(key=key), feature="tiredness")
    reader = CachedClient()
    urls = list_public_urls()
    # Each name that a page reads is asked, so that one forgotten in `reads_query` would show.
    assert {name for url in urls for name in dict(parse_qsl(url.partition("?")[2], keep_blank_values=True))} >= DECLARED

    for url in urls:
        plain = Client(headers={"accept-encoding": "identity"}).get(url)
        for _ in range(2):
            answer = reader.get(url)
            assert answer.status_code == plain.status_code, url
            assert headers_of(answer) == headers_of(plain), url
            assert answer.content == plain.content, url

    assert reader.pages.counters.hits > 40


def test_every_public_view_says_what_of_its_query_it_reads() -> None:
    silent = {route for route, view in list_views(list_public()) if not hasattr(view, "query_names")}

    assert {route for route in silent if not route.startswith(API)} == NEVER_KEPT


def test_a_withdrawn_page_is_gone(site: RichSite) -> None:
    reader = CachedClient()
    assert reader.get("/faqs/can-one-have-both/").status_code == 200

    retire(site.faq)

    assert reader.get("/faqs/can-one-have-both/").status_code == 410


def test_a_draft_changes_nothing_and_keeps_what_is_in_memory(site: RichSite) -> None:
    reader = CachedClient()
    before = reader.get("/conditions/stiffness/")

    edit(site.stiffness, definition="Nobody approved this.")

    assert reader.get("/conditions/stiffness/").content == before.content
    assert reader.pages.counters.misses == 1


def test_pages_in_both_languages_are_kept_apart(site: RichSite) -> None:
    reader = CachedClient()
    reader.get("/conditions/stiffness/")

    assert reader.get("/es/conditions/stiffness/")["Content-Language"] == "es"
    assert reader.get("/es/conditions/stiffness/")["Content-Language"] == "es"
    assert reader.pages.counters.misses == 2


def test_a_silent_database_does_not_silence_the_site(site: RichSite, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = CachedClient()
    before = reader.get("/conditions/stiffness/")

    def fail() -> freshness.Version:
        raise OperationalError("gone")

    monkeypatch.setattr(reader.pages._freshness, "_read", fail)

    after = reader.get("/conditions/stiffness/")
    assert after.content == before.content
    assert "stale" in after["Cache-Status"]


def test_what_somebody_looks_for_among_the_questions_is_never_kept(site: RichSite) -> None:
    reader = CachedClient()

    for _ in range(2):
        assert reader.get("/faqs/?q=both").status_code == 200

    assert reader.pages.counters.hits == 0
    assert not reader.pages._answers


def test_staff_pages_are_never_kept(site: RichSite) -> None:
    reader = CachedClient()

    reader.get("/admin/login/")
    reader.get("/healthz")

    assert reader.pages.counters.passed == 2
