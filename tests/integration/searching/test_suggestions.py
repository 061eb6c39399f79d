"""What is offered while somebody types."""

import pytest
from django.test import Client

from tests.factories import make_fact, publish
from tests.integration.searching.site import Site, suggest

pytestmark = pytest.mark.django_db


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
