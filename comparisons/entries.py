"""What an edition says, piece by piece and as plain text, so that two editions can be compared. No queries."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from comparisons.content import ComparisonContent, FAQContent, FrozenPoint, FrozenSection
from comparisons.page import VERDICTS
from conditions.bibliography import evidence_in_words, list_identifiers
from conditions.content import CitationContent, ConditionContent, FactContent, GlossaryContent, PageContent
from conditions.markdown import cited_keys, plain
from conditions.presenting import INTEGRITY, WITHDRAWN_SOURCE, say_date
from conditions.quantities import describe
from conditions.statements import say_certainty
from editorial.languages import say_in_interface

Titles = Mapping[str, str]
"""Sources by key, with the names by which both editions are to call them."""


@dataclass(frozen=True)
class Entry:
    key: str
    """The same in every edition. An entry that has none is found again by its words, else by its place in `row`."""
    heading: str
    parts: tuple[tuple[str, str], ...]
    """(what it is, the words); the sentence itself comes first and is called nothing."""
    row: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(words for _name, words in self.parts)


def list_entries(kind: str, content: PageContent, titles: Titles) -> list[Entry]:
    """All that the edition says to readers, in the order of its page, and last its sources."""
    return [*_BY_KIND[kind](content, titles), *_sources(content)]


def name_sources(*contents: PageContent) -> Titles:
    """The sources of these contents by key; the last to name one wins."""
    return {key: reference.title for content in contents for key, reference in content.references.items()}


def _condition(content: ConditionContent, titles: Titles) -> Iterator[Entry]:
    about = say_in_interface(_("Overview"))
    yield _entry("definition", about, content.definition, _cited(content.definition_citations, titles))
    yield _entry("name", about, ", ".join([content.name, content.abbreviation, *content.also_known_as]))
    yield _entry("category", about, ", ".join(filter(None, (content.category, content.body_system))))
    yield _entry("searched", about, say_date(content.evidence_searched_on))
    yield _entry("picture", about, content.picture.alt if content.picture else "")
    for form in content.subtypes:
        words = f"{form.name}: {form.definition}"
        yield _entry(f"form-{form.slug}", say_in_interface(_("Forms")), words, _cited(form.citations, titles))
    for fact in content.facts:
        yield _fact(fact, titles)
    detail = [f"{code}: {meaning}" for code, meaning in content.icd10_detail.items()]
    codes = [content.icd10, *detail, content.icd11, content.mesh, content.omim]
    yield _entry(
        "codes", say_in_interface(_("Codes")), "; ".join(filter(None, codes)), _cited(content.codes_citations, titles)
    )


def _fact(fact: FactContent, titles: Titles) -> Entry:
    return _entry(
        f"fact-{fact.key}",
        fact.topic.question,
        f"{fact.label}: {fact.text}" if fact.label and fact.text else fact.label or fact.text,
        (_("In short"), fact.short),
        (_("Number"), describe(fact.quantity) if fact.quantity else ""),
        (_("Certainty"), say_certainty(fact)),
        (_("Notice"), str(WITHDRAWN_SOURCE) if fact.has_withdrawn_source else ""),
        _cited((source.key for source in fact.sources), titles),
    )


def _comparison(content: ComparisonContent, titles: Titles) -> Iterator[Entry]:
    about = say_in_interface(_("Overview"))
    yield _entry("title", about, content.title)
    yield _prose("answer", about, content.answer, titles)
    yield _prose("summary", about, content.summary, titles)
    yield _entry("picture", about, content.picture.alt if content.picture else "")
    for point in content.points:
        yield _point(point, titles)
    for section in content.sections:
        yield _section(section, titles)


def _point(point: FrozenPoint, titles: Titles) -> Entry:
    """Points have no key of their own."""
    row = f"{point.kind}:{point.topic.slug if point.topic else ''}"
    headings = {
        "similarity": say_in_interface(_("What they share")),
        "difference": say_in_interface(_("How they differ")),
        "co-occurrence": say_in_interface(_("Can you have both?")),
        "confusion": say_in_interface(_("What people confuse")),
    }
    sources = _cited([*cited_keys(point.text), *point.citations], titles)
    return _entry("", headings.get(point.kind, ""), plain(point.text), sources, row=row)


def _section(section: FrozenSection, titles: Titles) -> Entry:
    key = f"topic-{section.topic.slug}" if section.topic else f"section-{section.position}"
    verdict = VERDICTS.get(section.verdict)
    return _entry(
        key,
        section.heading,
        plain(section.lead),
        (_("Heading"), section.heading),
        (_("Verdict"), str(verdict.word) if verdict else ""),
        _cited(cited_keys(section.lead), titles),
    )


def _faq(content: FAQContent, titles: Titles) -> Iterator[Entry]:
    yield _entry("question", say_in_interface(_("Question")), content.question)
    yield _entry(
        "answer",
        say_in_interface(_("Answer")),
        plain(content.answer),
        _cited([*cited_keys(content.answer), *content.citations], titles),
    )


def _citation(content: CitationContent, titles: Titles) -> Iterator[Entry]:
    about = say_in_interface(_("Record"))
    yield _entry("evidence", about, evidence_in_words(content.evidence))
    yield _entry("integrity", about, str(INTEGRITY.get(content.integrity, "")))
    for identifier in list_identifiers(content):
        yield _entry(identifier.name, about, f"{identifier.name}: {identifier.value}")


def _glossary(content: GlossaryContent, titles: Titles) -> Iterator[Entry]:
    for term in content.terms:
        name = f"{term.preferred} ({term.abbreviation})" if term.abbreviation else term.preferred
        yield _entry(
            f"term-{term.id}",
            say_in_interface(_("Terms")),
            f"{name}: {term.definition}",
            _cited(term.citations, titles),
        )


def _sources(content: PageContent) -> Iterator[Entry]:
    for key, reference in content.references.items():
        yield _entry(f"source-{key}", say_in_interface(_("Sources")), reference.text)


def _prose(key: str, heading: str, text: str, titles: Titles) -> Entry:
    return _entry(key, heading, plain(text), _cited(cited_keys(text), titles))


def _cited(keys: Iterable[str], titles: Titles) -> tuple[str, str]:
    return _("Sources"), "; ".join(titles[key] for key in dict.fromkeys(keys) if key in titles)


def _entry(key: str, heading: str, text: str, *parts: tuple[str, str], row: str = "") -> Entry:
    return Entry(key, heading, (("", text), *parts), row)


_BY_KIND: dict[str, Callable[[Any, Titles], Iterable[Entry]]] = {
    "condition": _condition,
    "comparison": _comparison,
    "faq": _faq,
    "citation": _citation,
    "glossary": _glossary,
}
