"""What is never found: drafts, pending changes, and what was withdrawn."""

import re

import pytest
from django.test import Client

from comparisons.models import Comparison
from conditions.models import Condition, Fact
from editorial.models import SearchEntry, SearchStart, SearchWord
from tests.factories import make_fact
from tests.integration.searching.site import Site, list_hits, suggest
from tests.steps import approve, edit, retire, revise, submit

pytestmark = pytest.mark.django_db


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


def test_a_word_of_only_a_comparison_that_went_with_its_condition_is_not_what_somebody_meant(
    site: Site, client: Client
) -> None:
    revise(site.comparison, title="Terracotta")
    assert list_traces(client, "terracotta") == ALL_TRACES

    retire(site.hardness)
    assert list_traces(client, "terracotta") == ["rows"]
    assert "tremor" in client.get("/search/?q=tremoq").content.decode()

    revise(site.hardness, name="Hardness again")
    assert list_traces(client, "terracotta") == ALL_TRACES
