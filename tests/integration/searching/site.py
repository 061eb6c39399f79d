"""A small site to search, and how tests read what is found."""

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from conditions.models import Subtype
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_fact,
    make_faq,
    make_term,
    make_topic,
    publish,
)


class Site:
    """Two conditions that are compared, and one of everything else."""

    def __init__(self) -> None:
        self.source = make_citation(key="walk-2020", title="Walking with stiffness: a study")
        names = {"abbreviation": "ST", "also_known_as": ["Jones’s disease", "Rigor (RG)"], "definition": "It stiffens."}
        self.stiffness = make_condition(
            slug="stiffness", name="Great stiffness", position=1, sources=[self.source], **names
        )
        Subtype.objects.create(condition=self.stiffness, slug="early", name="Early stiffness", definition="At first.")
        self.hardness = make_condition(
            slug="hardness",
            name="Hardness",
            abbreviation="HD",
            position=2,
            sources=[self.source],
            definition="It hardens.",
        )
        topic = make_topic("legs", name="The legs", question="What of the legs?")
        self.fact = make_fact(
            self.stiffness,
            key="st-tremor",
            topic=topic,
            sources=[self.source],
            label="Leg tremor",
            text="A tremor in Sjögren’s leg & <b>more</b>.",
        )
        self.other = make_fact(
            self.hardness, key="hd-cramp", topic=topic, sources=[self.source], text="Cramps wake many people at night."
        )
        self.comparison = make_comparison(
            self.stiffness, self.hardness, slug="st-vs-hd", title="Great stiffness vs hardness", answer="One is harder."
        )
        self.faq = make_faq(
            self.stiffness,
            slug="does-it-hurt",
            sources=[self.source],
            question="Does it hurt?",
            answer="It may **hurt**.",
        )
        self.term = make_term(
            slug="gait",
            preferred="gait analysis",
            abbreviation="GA",
            definition="How one walks.",
            sources=[self.source],
        )
        items = [
            self.source,
            self.stiffness,
            self.hardness,
            self.fact,
            self.other,
            self.comparison,
            self.faq,
            self.term,
        ]
        for item in items:
            item.save()
            item.refresh_from_db()
        publish(*items)


def list_hits(response: HttpResponse) -> list[str]:
    """The addresses of the results, best first."""
    soup = BeautifulSoup(response.content.decode(), "html5lib")
    return [link["href"] for link in soup.select(".best-hit h2 a, .hits h3 a")]


def suggest(client: Client, q: str) -> list[dict[str, str]]:
    return client.get("/search/suggestions/", {"q": q}).json()["suggestions"]
