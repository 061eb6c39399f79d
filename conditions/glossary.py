"""Terms as the glossary shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from conditions.content import TermContent
from conditions.presenting import References


@dataclass(frozen=True)
class Entry:
    anchor: str
    name: str
    abbreviation: str
    definition: str
    marks: SafeString


def list_entries(terms: Iterable[TermContent], references: References) -> list[Entry]:
    """The terms in their order, sources numbered on the way."""
    return [
        Entry(f"term-{term.slug}", term.preferred, term.abbreviation, term.definition, references.marks(term.citations))
        for term in terms
    ]
