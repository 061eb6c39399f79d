"""Checks of the words themselves, shared by all texts for readers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import JSONField, Value

from conditions.markdown import cited_keys
from conditions.models import Citation, StyleRule, Term
from editorial.checks import Issue, Severity, read_once
from editorial.extracts import Wording


@dataclass(frozen=True)
class HouseStyle:
    """The rules and forbidden words, read once for a batch of items."""

    rules: list[tuple[str, re.Pattern[str], str]]

    @classmethod
    def load(cls) -> "HouseStyle":
        return read_once("house style", cls._read)

    @classmethod
    def _read(cls) -> "HouseStyle":
        rules = []
        for is_term, text, slug, message, avoid in _read_rows():
            if not is_term:
                rules.append((slug, re.compile(text), message))
            for entry in _well_formed(avoid):
                reason = f"Write “{text}”. {entry.get('reason', '')}".strip()
                rules.append((f"term-{slug}", _whole_word(entry["text"]), reason))
        return cls(rules)

    def find(self, text: str, field: str) -> Iterator[Issue]:
        for slug, pattern, message in self.rules:
            match = pattern.search(text)
            if match:
                yield Issue(slug, Severity.WARNING, f"“{match.group(0).strip()}”: {message}", field)


def _read_rows() -> Iterable[tuple[bool, str, str, str, object]]:
    """The rules and then the terms, together in one query: this is read for each page of the desk."""
    # A colon that nothing follows is an error of its own, not a question of style.
    rules = StyleRule.objects.exclude(slug="dangling-colon").order_by()
    terms = Term.objects.order_by().annotate(is_term=Value(True), none=Value(""))
    rows = rules.annotate(is_term=Value(False), none=Value(None, JSONField())).values_list(
        "is_term", "pattern", "slug", "message", "none"
    )
    return rows.union(terms.values_list("is_term", "preferred", "slug", "none", "avoid"), all=True).order_by(
        "is_term", "slug"
    )


def list_term_wordings(term: Term) -> list[Wording]:
    """The words to avoid with their reasons, then the term itself and its abbreviation."""
    avoided = [
        Wording(e["text"], _whole_word(e["text"]), e["text"], is_unwanted=True, remark=e.get("reason", ""))
        for e in _well_formed(term.avoid)
    ]
    own = dict.fromkeys(filter(None, (term.preferred, term.abbreviation)))
    return [*avoided, *(Wording(text, _whole_word(text), text) for text in own)]


def list_source_marks(citation: Citation) -> list[Wording]:
    """The mark by which a text in Markdown cites the source."""
    pattern = re.compile(rf"\[[^\[\]]*@{re.escape(citation.key)}(?![\w.-])[^\[\]]*\]")
    return [Wording(f"[@{citation.key}]", pattern, f"@{citation.key}", name=f"citation:{citation.key}")]


def _well_formed(avoid: object) -> list[dict[str, str]]:
    """The entries that name a text: one slip in a term must not stop the checks of all items."""
    entries = avoid if isinstance(avoid, list) else []
    return [entry for entry in entries if isinstance(entry, dict) and entry.get("text")]


def find_empty(texts: dict[str, str], names: dict[str, str]) -> Iterator[Issue]:
    """An error for each required text that is empty. `names` says what readers of the message call the field."""
    for field, text in texts.items():
        if not text.strip():
            yield Issue("empty-text", Severity.ERROR, f"The {names.get(field, field)} is empty. Fill it in.", field)


def find_dangling_colon(text: str, field: str, *, is_followed: bool = False) -> Iterator[Issue]:
    """An error for a lead-in that promises a list and has none."""
    if text.rstrip().endswith(":") and not is_followed:
        message = "The text ends in a colon and nothing follows. Add the list, or end the sentence."
        yield Issue("dangling-colon", Severity.ERROR, message, field, is_waivable=True)


def find_citation_marks(text: str, field: str, *, known: set[str], live: set[str]) -> Iterator[Issue]:
    """An error for each `[@key]` that names no source, and a need for each whose source is not approved."""
    for key in cited_keys(text):
        if key not in known:
            message = f"[@{key}] names no source. Correct the key, or add the source."
            yield Issue("dead-citation", Severity.ERROR, message, field)
        elif key not in live:
            message = f"The source “{key}” is not approved. Approve it first, or together with this."
            yield Issue("citation-unapproved", Severity.DEPENDENCY, message, field)


def find_unapproved(keys: Iterable[str], *, live: set[str], field: str) -> Iterator[Issue]:
    """What rests on sources needs one that is approved; the others are named as warnings."""
    cited = list(keys)
    missing = [key for key in cited if key not in live]
    names = ", ".join(f"“{key}”" for key in missing)
    if cited and len(missing) == len(cited):
        message = f"No source is approved yet. Approve one of {names} first, or together with this."
        yield Issue("citation-unapproved", Severity.DEPENDENCY, message, field)
    elif missing:
        message = f"Not approved, so not shown to readers: {names}."
        yield Issue("citation-pending", Severity.WARNING, message, field)


def _whole_word(text: str) -> re.Pattern[str]:
    flags = 0 if text.isupper() else re.IGNORECASE
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", flags)
