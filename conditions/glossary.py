"""Terms as the glossary shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from conditions.alphabet import Letter, by_letter, plain_letters
from conditions.content import TermContent
from conditions.presenting import References
from editorial import editions


@dataclass(frozen=True)
class Entry:
    anchor: str
    name: str
    abbreviation: str
    definition: str
    marks: SafeString


def read_terms(contents: Iterable[list[dict[str, Any]]]) -> list[TermContent]:
    """From what glossaries hold as their `terms`."""
    return [TermContent.model_validate(term) for terms in contents for term in terms]


def list_terms() -> list[TermContent]:
    """The terms that are public now. One query."""
    return read_terms(row["terms"] for row in editions.list_public("glossary", fields={"terms": "terms"}))


def list_letters(terms: Iterable[TermContent], references: References) -> list[Letter[Entry]]:
    """The terms from A to Z, sources numbered on the way."""
    letters = by_letter(terms, sort_key=lambda term: (plain_letters(term.preferred), term.slug))
    return [Letter(letter.letter, list_entries(letter.entries, references)) for letter in letters]


def list_entries(terms: Iterable[TermContent], references: References) -> list[Entry]:
    """The terms in their order, sources numbered on the way."""
    return [
        Entry(f"term-{term.slug}", term.preferred, term.abbreviation, term.definition, references.marks(term.citations))
        for term in terms
    ]
