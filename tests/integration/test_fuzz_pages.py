"""Whatever is asked, a page answers: helpful words and a status that is true, never a fault of the server."""

import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from sclerosis_site.urls import list_public
from tests.public_routes import list_public_urls
from tests.rich_content import build_rich_site
from tests.routes import list_routes, list_views

ANSWERS = {200, 301, 302, 304, 400, 404, 405, 410, 422, 429}
UNDECLARED = {
    *("q", "page", "kind", "condition"),  # The search.
    *("about", "fact", "section"),  # The form for reports.
    *("as_of", "with", "topic", "measure", "prominence", "format", "limit", "offset"),  # The API.
}
"""What is read by views that declare nothing, as the page cache never keeps their answers."""
DECLARED = {name for _, view in list_views(list_public()) for name in getattr(view, "query_names", ())}
PARAMETERS = sorted(UNDECLARED | DECLARED)
VALUES = st.one_of(
    st.sampled_from(["stiffness", "hardness", "rigidity", "2026-11-22", "2026-13-99", "0001-01-01", "9999-12-31", "0"]),
    st.sampled_from(
        ["-1", "99999999999999999999", "fact", "' OR 1=1 --", "<script>", "%00", "\x00", "a" * 5000, "&|!:*"]
    ),
    st.sampled_from(["/conditions/stiffness/", "//example.org/", "topic-symptoms", "st-what", "cohort", "csv", "faq"]),
    st.text(max_size=40),
)
QUERIES = st.lists(st.tuples(st.sampled_from([*PARAMETERS, "unknown", "with[]"]), VALUES), max_size=6)
NAMES = st.one_of(
    st.sampled_from(["stiffness", "no-such", "sound", "condition", "rate", "ris", "1", "0"]),
    st.text(min_size=1, max_size=30),
)
PLACE = re.compile(r"<\w+>")
NAMING = sorted({route for route in list_routes(list_public()) if PLACE.search(route)})


@pytest.fixture(scope="module")
def addresses(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """Public addresses of a site that is there for all examples."""
    logging.getLogger("django.request").setLevel(logging.ERROR)
    with django_db_blocker.unblock(), transaction.atomic():
        build_rich_site()
        yield sorted({url.partition("?")[0] for url in list_public_urls()})
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=250, deadline=None, derandomize=True)
@given(data=st.data())
def test_no_query_breaks_a_page(addresses: list[str], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(addresses))
    language = data.draw(st.sampled_from(["", "/es"]))
    query = data.draw(QUERIES)
    text = "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in query)

    response = Client().get(f"{language}{path}?{text}")

    assert response.status_code in ANSWERS
    assert not response.cookies


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, derandomize=True)
@given(data=st.data())
def test_no_name_in_an_address_breaks_a_page(addresses: list[str], data: st.DataObject) -> None:
    route = data.draw(st.sampled_from(NAMING))
    path = "/" + PLACE.sub(lambda _: quote(data.draw(NAMES), safe="", errors="surrogatepass"), route)

    response = Client().get(path)

    assert response.status_code in ANSWERS
