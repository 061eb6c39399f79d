"""Lists that a process keeps show at once what is published and withdrawn, and are read again for nothing else."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparisons import picking
from comparisons.views import faqs
from conditions.models import Condition
from conditions.views import conditions, sources
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_fact,
    make_faq,
    publish,
)
from tests.reading import get_words
from tests.steps import approve, edit, retire, submit

pytestmark = pytest.mark.django_db(transaction=True)
LISTS = ("/", "/conditions/", "/compare/", "/faqs/", "/sources/")
KEPT = (picking._CHOICES, conditions._NAMED, sources._COUNTS, faqs._PAGES, faqs._GROUPED)


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> Iterator[None]:
    for kept in KEPT:
        kept._kept.clear()
    yield
    for kept in KEPT:
        kept._kept.clear()


@pytest.fixture
def condition() -> Condition:
    source = make_citation(title="Old source", evidence="trial")
    condition, other = (make_condition(name=name, sources=[source]) for name in ("Old name", "Other"))
    comparison = make_comparison(condition, other, title="Old comparison")
    publish(source, condition, other, comparison, make_faq(condition, question="Old question?", sources=[source]))
    return condition


def read(client: Client) -> str:
    return " ".join(get_words(client.get(address)) for address in LISTS)


def change(item, **values) -> None:
    submit(item, by=edit(item, **values))
    approve(item)


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_what_is_published_stands_in_the_lists_at_once(condition: Condition, client: Client) -> None:
    assert "Old name" in read(client)

    change(condition, name="New name")
    publish(make_faq(condition, question="New question?", sources=[make_published_source()]))

    words = read(client)
    assert "Old name" not in words
    assert words.count("New name") > 2
    assert "New question?" in words
    assert "Systematic review (1)" in words


def make_published_source():
    source = make_citation(title="New source", evidence="systematic-review")
    publish(source)
    return source


def test_what_is_withdrawn_is_gone_at_once_with_what_stands_on_it(condition: Condition, client: Client) -> None:
    assert "Old comparison" in read(client)

    retire(condition)

    words = read(client)
    assert "Old comparison" not in words
    assert "Old name" not in get_words(client.get("/conditions/"))


@pytest.mark.parametrize("address", ["/conditions/", "/compare/", "/faqs/"])
def test_a_list_is_not_read_again_for_a_fact(condition: Condition, client: Client, address: str) -> None:
    fact = make_fact(condition, sources=list(condition.definition_citations.all()))
    publish(fact)
    client.get(address)
    first = count_queries(client, address)
    change(fact, text="Another text.")

    after, later = count_queries(client, address), count_queries(client, address)

    assert (first, after, later) == (1, 2, 1)


def test_what_is_read_in_a_transaction_is_not_kept(condition: Condition, client: Client) -> None:
    read(client)
    with transaction.atomic():
        change(condition, name="Never published")
        assert "Never published" in read(client)
        transaction.set_rollback(True)

    assert "Never published" not in read(client)


def test_where_the_database_was_put_back_nothing_of_before_is_shown(condition: Condition, client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        assert "Old name" in read(client)
        cursor.execute("DELETE FROM editorial_edition")
        cursor.execute("SET session_replication_role = DEFAULT")

    assert "Old name" not in read(client)
