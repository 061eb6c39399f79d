"""What is written for reference managers is read back as it was."""

import json
from datetime import date
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware

from conditions.content import FrozenCitation
from conditions.exporting import FORMATS
from tests.unit.conditions.test_references import record

FULL = {
    "key": "arnett-2001",
    "title": "Criteria for SSc: 50% of $x$ & #1_a ~ b",
    "authors": [
        {"family": "de la Cruz", "given": "José A."},
        {"literal": "Centers for Disease Control and Prevention"},
    ],
    "container_title": "Arthritis & Rheumatism",
    "publisher": "Wiley",
    "issued": "2001-06",
    "volume": "44",
    "issue": "6",
    "page": "1359-1362",
    "doi": "10.1000/a_b%3C1",
    "pmid": "123",
    "pmcid": "PMC9",
    "url": "https://example.org/a_b?c=d&e=%20",
    "accessed": date(2026, 11, 22),
}
HOSTILE = [
    "A title\nER  - \nTY  - BOOK\nTI  - Another",
    "}} @book{evil, title = {Evil}",
    "{ never closed",
    "\\input{/etc/passwd} \\end{document}",
    '" # evil # "',
    "@comment{ all of it }",
    "<script>alert(1)</script> % the rest is a comment",
    "多発性硬化症 é “q”",
]


def read_ris(text: str) -> list[dict[str, Any]]:
    return rispy.loads(text)


def read_bibtex(text: str) -> list[dict[str, str]]:
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    assert len(library.blocks) == len(library.entries)
    return [
        {"key": entry.key, "type": entry.entry_type, **{f.key: f.value for f in entry.fields}}
        for entry in library.entries
    ]


def write(ending: str, *records: FrozenCitation) -> str:
    return FORMATS[ending].write(records)


def test_ris_has_the_whole_record() -> None:
    [read] = read_ris(write("ris", record(**FULL)))

    assert read["type_of_reference"] == "JOUR"
    assert read["authors"] == ["de la Cruz, José A.", "Centers for Disease Control and Prevention"]
    assert (read["title"], read["secondary_title"]) == (FULL["title"], "Arthritis & Rheumatism")
    assert (read["year"], read["date"], read["volume"], read["number"]) == ("2001", "2001/06", "44", "6")
    assert (read["start_page"], read["end_page"], read["publisher"]) == ("1359", "1362", "Wiley")
    assert (read["doi"], read["urls"], read["access_date"]) == (FULL["doi"], [FULL["url"]], "2026/11/22")
    assert (read["id"], read["accession_number"], read["custom2"]) == ("arnett-2001", "123", "PMC9")


def test_bibtex_has_the_whole_record() -> None:
    [read] = read_bibtex(write("bib", record(**FULL)))

    assert (read["key"], read["type"]) == ("arnett-2001", "article")
    assert read["author"] == "de la Cruz, José A. and Centers for Disease Control and Prevention"
    assert (read["title"], read["journal"]) == (FULL["title"], "Arthritis & Rheumatism")
    assert (read["year"], read["month"], read["volume"], read["number"]) == ("2001", "6", "44", "6")
    assert (read["pages"], read["publisher"], read["urldate"]) == ("1359–1362", "Wiley", "2026-11-22")


def test_bibtex_keeps_an_organization_together_the_letters_of_a_title_and_addresses_as_they_are() -> None:
    text = write("bib", record(**FULL))

    assert "and {Centers for Disease Control and Prevention}" in text
    assert "title = {{Criteria for SSc" in text
    assert f"doi = {{{FULL['doi']}}}" in text
    assert f"url = {{{FULL['url']}}}" in text


def test_pages_are_a_range_whichever_dash_it_has_and_authors_may_be_more_than_we_list() -> None:
    partial = record(page="12–14", authors=[{"family": "Doe"}], authors_complete=False)

    assert "pages = {12--14}" in write("bib", partial)
    assert "author = {Doe and others}" in write("bib", partial)
    [read] = read_ris(write("ris", partial))
    assert (read["start_page"], read["end_page"]) == ("12", "14")


def test_csl_has_the_whole_record() -> None:
    [read] = json.loads(write("csl.json", record(**FULL)))

    assert (read["id"], read["type"], read["title"]) == ("arnett-2001", "article-journal", FULL["title"])
    assert read["author"] == FULL["authors"]
    assert read["issued"] == {"date-parts": [[2001, 6]]}
    assert (read["DOI"], read["PMID"], read["PMCID"], read["page"]) == (FULL["doi"], "123", "PMC9", "1359-1362")


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("field", ["title", "container_title", "publisher"])
def test_no_text_adds_a_record_or_a_field_or_ends_one(field: str, title: str) -> None:
    records = [record(key="first", **{field: title}), record(key="second", authors=[{"literal": title}])]
    plain = [record(key="first", **{field: "Plain"}), record(key="second", authors=[{"literal": "Plain"}])]

    for ending, read in (("ris", read_ris), ("bib", read_bibtex), ("csl.json", json.loads)):
        shape = [list(item) for item in read(write(ending, *records))]
        assert shape == [list(item) for item in read(write(ending, *plain))], ending


@pytest.mark.parametrize("title", [title for title in HOSTILE if not {*"{}"} & {*title}])
def test_a_title_of_any_signs_is_read_back(title: str) -> None:
    hostile = record(title=title)
    expected = " ".join(title.split())

    assert read_ris(write("ris", hostile))[0]["title"] == expected
    assert read_bibtex(write("bib", hostile))[0]["title"] == expected
    assert json.loads(write("csl.json", hostile))[0]["title"] == title


@pytest.mark.parametrize(
    ("kind", "ris", "bibtex"),
    [
        ("webpage", "ELEC", "misc"),
        ("chapter", "CHAP", "incollection"),
        ("book", "BOOK", "book"),
        ("report", "RPRT", "techreport"),
    ],
)
def test_each_type_has_its_like(kind: str, ris: str, bibtex: str) -> None:
    kept = record(type=kind, container_title="Whole", publisher="House")

    assert read_ris(write("ris", kept))[0]["type_of_reference"] == ris
    assert read_bibtex(write("bib", kept))[0]["type"] == bibtex


def test_a_warning_goes_along_with_the_record() -> None:
    retracted = record(integrity="retracted")

    for ending in FORMATS:
        assert "Retracted: do not rely on this source." in write(ending, retracted)
