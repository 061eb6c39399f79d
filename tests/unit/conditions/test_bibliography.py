"""How sources are listed, and where they are found."""

from typing import Any

import pytest

from conditions.bibliography import by_letter, evidence_in_words, list_identifiers
from conditions.content import CitationContent
from conditions.models import Evidence, Integrity
from conditions.presenting import EVIDENCE, INTEGRITY

_ROW = {"author": None, "second_author": None, "container": "", "publisher": "", "issued": "", "integrity": "current"}


def make_row(title: str, **values: Any) -> dict[str, Any]:
    return {**_ROW, "slug": title.lower(), "title": title, "evidence": "review", **values}


def list_who(*rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(letter.letter, source.who) for letter in by_letter(rows) for source in letter.entries]


def test_sources_are_in_the_order_of_the_alphabet_whatever_accents_and_marks() -> None:
    rows = [
        make_row("t", author={"family": name}) for name in ("Zola", "“quoted", "Östman", "Olsen", "de Vries", "3 men")
    ]

    assert list_who(*rows) == [
        ("0–9", "3 men"),
        ("D", "de Vries"),
        ("O", "Olsen"),
        ("O", "Östman"),
        ("Q", "“quoted"),
        ("Z", "Zola"),
    ]


@pytest.mark.parametrize(
    ("values", "who"),
    [
        ({"author": {"family": "Roe", "given": "Mary-Ann B"}}, "Roe MAB"),
        ({"author": {"family": "Roe"}, "second_author": {"family": "Poe"}}, "Roe and others"),
        ({"author": {"literal": "A society"}}, "A society"),
        ({"publisher": "A publisher", "container": "A site"}, "A publisher"),
        ({"container": "A site"}, "A site"),
        ({}, "Title"),
    ],
)
def test_a_source_stands_under_its_first_author_else_under_who_published_it(values: dict[str, Any], who: str) -> None:
    assert [name for _, name in list_who(make_row("Title", **values))] == [who]


def make_content(**values: Any) -> CitationContent:
    reference = {"key": "k", "approval": 1, "text": "", "title": "", "url": "", "evidence": "", "integrity": ""}
    texts = "type title container_title publisher issued volume issue page doi pmid pmcid url evidence integrity"
    return CitationContent(
        **{**dict.fromkeys([*texts.split(), "superseded_by"], ""), **values},
        key="k",
        authors=[],
        authors_complete=True,
        accessed=None,
        references={},
        reviewers=[],
        is_demonstration=False,
        withdrawn={},
        approval=1,
        reference={**reference, "issued": ""},
    )


def test_each_identifier_is_a_link_and_no_address_stands_twice() -> None:
    content = make_content(doi="10.1/x", pmid="7", url="https://doi.org/10.1/x/")

    assert [(found.name, found.url) for found in list_identifiers(content)] == [
        ("DOI", "https://doi.org/10.1/x"),
        ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/7/"),
    ]
    assert [found.name for found in list_identifiers(make_content(url="https://example.org/a"))] == ["Address"]


def test_every_kind_of_evidence_and_every_fault_has_words_for_readers() -> None:
    assert set(Evidence.values) - set(EVIDENCE) == {"other"}
    assert set(Integrity.values) - set(INTEGRITY) == {"current"}
    assert evidence_in_words("systematic-review") == "Systematic review"
    assert evidence_in_words("other") == "Other kind of source"
