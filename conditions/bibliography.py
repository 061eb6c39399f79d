"""Sources as their own pages and their list show them: plain values and pure functions."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conditions import alphabet
from conditions.alphabet import Letter, plain_letters
from conditions.content import CitationContent
from conditions.presenting import EVIDENCE, INTEGRITY
from editorial.languages import local_path

OTHER = "other"
_MEANINGS = {
    "guideline": gettext_lazy("Advice for care that a group of experts agreed on."),
    "systematic-review": gettext_lazy("All studies of a question, searched for by a plan and weighed together."),
    "trial": gettext_lazy("A study that tests something in groups of people to see what it does."),
    "cohort": gettext_lazy("A study of what happened to a group of people."),
    "registry": gettext_lazy("Records about people with a condition, kept for study."),
    "official-statistics": gettext_lazy("Numbers that a public body collects."),
    "review": gettext_lazy("An overview by experts who chose what to read."),
    "patient-information": gettext_lazy("Written for patients and the people around them."),
}
# What editions.list_public is asked for.
LIST_FIELDS = {
    "author": "authors__0",
    "second_author": "authors__1",
    "title": "title",
    "container": "container_title",
    "publisher": "publisher",
    "issued": "issued",
    "evidence": "evidence",
    "integrity": "integrity",
}


@dataclass(frozen=True)
class ListedSource:
    key: str
    who: str
    year: str
    title: str
    where: str
    evidence: str
    integrity: str

    @property
    def url(self) -> str:
        return local_path(f"/sources/{self.key}/")

    @property
    def sort_key(self) -> tuple[str, str, str, str]:
        return (plain_letters(self.who), self.year, plain_letters(self.title), self.key)


@dataclass(frozen=True)
class EvidenceChoice:
    """A kind of evidence by which the list can be narrowed."""

    value: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Identifier:
    name: str
    value: str
    url: str


def by_letter(rows: Iterable[Mapping[str, Any]]) -> list[Letter[ListedSource]]:
    """The rows of editions.list_public in alphabetical order, accents ignored; what begins otherwise comes first."""
    return alphabet.by_letter(map(_listed, rows), sort_key=lambda source: source.sort_key)


def list_choices(known: Mapping[str, int], chosen: str) -> list[EvidenceChoice]:
    """The kinds of evidence of these sources, each with how often; `known` are the counts by what the records say."""
    counts: Counter[str] = Counter()
    for evidence, count in known.items():
        counts[evidence if evidence in EVIDENCE else OTHER] += count
    return [
        EvidenceChoice(value, evidence_in_words(value), counts[value], value == chosen)
        for value in (*EVIDENCE, OTHER)
        if counts[value]
    ]


def has_evidence(chosen: str) -> Q:
    """Finds the editions of sources with this kind of evidence; all of them without one."""
    if not chosen:
        return Q()
    return ~Q(summary__evidence__in=list(EVIDENCE)) if chosen == OTHER else Q(summary__evidence=chosen)


def list_identifiers(content: CitationContent) -> list[Identifier]:
    """Where the source is found: DOI, PubMed, PubMed Central, and its address where it is another one."""
    found = [
        Identifier("DOI", content.doi, f"https://doi.org/{content.doi}"),
        Identifier("PubMed", content.pmid, f"https://pubmed.ncbi.nlm.nih.gov/{content.pmid}/"),
        Identifier("PubMed Central", content.pmcid, f"https://pmc.ncbi.nlm.nih.gov/articles/{content.pmcid}/"),
    ]
    known = [identifier for identifier in found if identifier.value]
    if content.url and content.url.rstrip("/") not in {identifier.url.rstrip("/") for identifier in known}:
        known.append(Identifier(_("Address"), content.url, content.url))
    return known


def evidence_in_words(evidence: str) -> str:
    """“Systematic review”: the kind of evidence as a sentence begins."""
    words = str(EVIDENCE.get(evidence, _("other kind of source")))
    return words[0].upper() + words[1:]


def explain_evidence(evidence: str) -> str:
    """What such a source is, in a plain sentence, or nothing."""
    return str(_MEANINGS.get(evidence, ""))


def _listed(row: Mapping[str, Any]) -> ListedSource:
    names = [_name(author) for author in (row["author"], row["second_author"]) if author]
    who = _name_first(names) or row["publisher"] or row["container"]
    return ListedSource(
        key=row["slug"],
        who=who or row["title"],
        year=row["issued"][:4],
        title=row["title"],
        where=row["container"] or row["publisher"],
        evidence=EVIDENCE.get(row["evidence"], ""),
        integrity=INTEGRITY.get(row["integrity"], ""),
    )


def _name_first(names: list[str]) -> str:
    return _("%(author)s and others") % {"author": names[0]} if len(names) > 1 else "".join(names)


def _name(author: Mapping[str, str]) -> str:
    initials = "".join(word[0] for word in author.get("given", "").replace("-", " ").split())
    return author.get("literal") or " ".join(filter(None, (author.get("family", ""), initials)))
