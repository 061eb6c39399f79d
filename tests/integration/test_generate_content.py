"""Artificial content, taken through the real workflow: small amounts of it."""

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import Client
from reversion.models import Version

from comparisons.models import FAQ, Comparison
from conditions.models import Citation, Condition, Fact, Term
from editorial.auditing import audit
from editorial.models import Decision, Edition, Review
from tests.steps import read_database

FACTS = 30


def generate(*arguments: str) -> str:
    out = StringIO()
    call_command("generate_content", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def _site(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield generate("--conditions", "2", "--facts", str(FACTS))
        transaction.set_rollback(True)


@pytest.fixture
def said(_site: str, db: None) -> str:
    """What the command said of two conditions with fifteen facts each."""
    return _site


def test_so_much_is_public_as_was_asked_for(said: str) -> None:
    assert said.startswith("30 facts generated: 2 conditions with 30 facts are there. Peak memory: ")
    assert Fact.objects.count() == FACTS
    assert {condition.facts.count() for condition in Condition.objects.all()} == {15}
    assert (Comparison.objects.count(), FAQ.objects.count(), Term.objects.count()) == (1, 10, 50)
    assert set(Review.objects.values_list("status", flat=True)) == {"approved"}
    pages = Edition.objects.public().filter(kind="condition").values_list("content", flat=True)
    assert [len(content["facts"]) for content in pages] == [15, 15]


def test_all_of_it_went_through_the_workflow(said: str) -> None:
    audit()
    reviews = Review.objects.count()
    assert Decision.objects.filter(action="submit", actor__username="editor").count() == reviews
    assert Decision.objects.filter(action="approve", actor__username="reviewer").count() == reviews
    for fact in Fact.objects.all():
        version = Version.objects.get_for_object(fact).get()
        assert version.revision.user.username == "editor"
        parts = version.revision.version_set.exclude(pk=version.pk)
        assert parts.count() == fact.sources.count() > 0


def test_it_can_be_read_and_found(said: str) -> None:
    comparison = Client().get("/compare/generated-1-2-and-1/").content.decode()
    assert "Condition 1 (" in comparison
    assert len(re.findall(r"<h3[^>]*>[^<]*\?", comparison)) >= 1
    fact = Fact.objects.filter(text__endswith=".").first()
    assert fact is not None
    assert fact.text in Client().get("/conditions/generated-1-1/").content.decode()
    assert "generated-1-" in Client().get("/search/", {"q": "condition 2"}).content.decode()


def test_it_is_shaped_like_the_real_content(said: str) -> None:
    facts = Fact.objects.all()
    assert {fact.prominence for fact in facts} == {"key", "main", "detail"}
    assert len({fact.topic_id for fact in facts}) > 5
    assert any(fact.has_quantity for fact in facts)
    assert all(10 <= len(fact.text) <= 205 for fact in facts)
    assert 10 <= Citation.objects.count() <= 14
    assert all(item.note.startswith("Generated") for model in (Fact, Citation, FAQ) for item in model.objects.all())


def test_a_second_run_changes_nothing(said: str) -> None:
    before = read_database()

    assert generate("--conditions", "2", "--facts", "30").startswith("Nothing left to generate")

    assert read_database() == before


def test_a_run_goes_on_where_another_ended(said: str) -> None:
    known = dict(Fact.objects.values_list("key", "text"))

    assert generate("--conditions", "4", "--facts", "60").startswith("30 facts generated: 4 conditions with 60 facts")

    assert Condition.objects.count() == 4
    assert Comparison.objects.count() == 2
    assert known.items() <= dict(Fact.objects.values_list("key", "text")).items()
    audit()


def test_another_number_of_facts_a_condition_is_refused(said: str) -> None:
    with pytest.raises(CommandError, match="generated-1-1 has 15 facts, and 20 are asked for"):
        generate("--conditions", "2", "--facts", "40")
