"""Everything that can be known to be wrong before a row is written. All problems, never only the first."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from pydantic import ValidationError as SchemaError

from editorial.loading.problems import Problem
from editorial.loading.reading import RawEntry
from editorial.loading.rows import ItemEntry, Link, Row, Section
from editorial.models import ReviewedItem
from editorial.registry import kind_of


@dataclass(frozen=True)
class Parsed:
    """An entry that fits its schema."""

    raw: RawEntry
    row: Row | None
    """None for an entry that is kept for editors and not loaded."""
    names: list[tuple[Link, str]]
    """What it names, with the places."""


def parse_all(entries: Iterable[RawEntry], sections: Mapping[str, Section], problems: list[Problem]) -> list[Parsed]:
    """The entries that fit their schemas."""
    parsed = []
    for raw in entries:
        section = sections[raw.section]
        try:
            entry = section.schema.model_validate(raw.values)
        except SchemaError as error:
            problems.extend(raw.problem(_sentence(e), _place(e["loc"])) for e in error.errors())
            continue
        row = entry.to_row() if isinstance(entry, ItemEntry) else None
        names = row.all_links() if row else section.names(entry) if section.names else ()
        parsed.append(Parsed(raw, row, list(names)))
    return parsed


def find_duplicates(parsed: Iterable[Parsed]) -> list[Problem]:
    seen: dict[Link, RawEntry] = {}
    problems = []
    for item in parsed:
        if item.row is None:
            continue
        for link, place in _own_links(item.row):
            first = seen.setdefault(link, item.raw)
            if first is not item.raw or link in _repeated(item.row):
                message = f"The {link} stands in the files twice; first in {first.file}, line {first.line}."
                problems.append(item.raw.problem(message, place))
    return problems


def _own_links(row: Row) -> list[tuple[Link, str]]:
    return [(row.link, row.link.key[0][0]), *((link, row.place(accessor)) for accessor, _, link in row.parts())]


def _repeated(row: Row) -> set[Link]:
    counts = Counter(link for _, _, link in row.parts())
    return {link for link, count in counts.items() if count > 1}


def provided_links(parsed: Iterable[Parsed]) -> set[Link]:
    """The natural keys that these entries bring."""
    return {link for item in parsed if item.row for link, _ in _own_links(item.row)}


def find_unknown(parsed: Iterable[Parsed], known: Container[Link], failed: Container[str]) -> list[Problem]:
    """A problem for each name that is neither in the files nor on the site.

    `failed` are the keys of entries that are in the files and broken themselves; their own problems are enough.
    """
    return [
        item.raw.problem(f"There is no {link}, neither in these files nor on the site.", place)
        for item in parsed
        for link, place in item.names
        if link not in known and not any(value in failed for _, value in link.key)
    ]


def find_repeated(parsed: Iterable[Parsed]) -> list[Problem]:
    """A problem for each name that stands twice in one list, such as a source that a fact cites twice."""
    return [
        item.raw.problem(f"The {link} is named twice. Keep one.", place)
        for item in parsed
        if item.row
        for link, place in item.row.repeated_links()
    ]


def find_circles(parsed: Iterable[Parsed]) -> list[Problem]:
    """Entries that stand above themselves, such as a fact that is its own parent's parent."""
    rows = [(item, item.row) for item in parsed if item.row]
    above = {row.link: [link for _, link in _links_above(row)] for _, row in rows}
    message = "The entry stands above itself. Follow the chain upwards and mend it."
    return [
        item.raw.problem(message, row.place(_links_above(row)[0][0]))
        for item, row in rows
        if _comes_back(row.link, above)
    ]


def _links_above(row: Row) -> list[tuple[str, Link]]:
    return [(name, link) for name, link in row.links.items() if link and link.model is row.model]


def _comes_back(start: Link, above: Mapping[Link, list[Link]]) -> bool:
    seen, todo = set(), list(above[start])
    while todo:
        link = todo.pop()
        if link == start:
            return True
        if link not in seen:
            seen.add(link)
            todo.extend(above.get(link, ()))
    return False


def find_invalid(item: Parsed) -> list[Problem]:
    """What the models themselves refuse, of the row and its children. Links are checked by `find_unknown`."""
    problems = []
    for row, before in item.row.walk() if item.row else ():
        instance = row.model(**row.values)
        given = {field.name for field in row.model._meta.fields if field.name in row.values}
        others = {field.name for field in row.model._meta.fields} - given
        try:
            # The schemas say all that the constraints say, in sentences; asking the database here would take minutes.
            instance.full_clean(exclude=others, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            problems.extend(
                item.raw.problem(message, "" if name == NON_FIELD_ERRORS else before + row.place(name))
                for name, messages in error.message_dict.items()
                for message in messages
            )
    return problems


def find_fixed(item: Parsed, existing: Mapping[Link, Model], found: Mapping[Link, int]) -> list[Problem]:
    """What the entry would change that never changes once it is saved."""
    row = item.row
    saved = existing.get(row.link) if row else None
    if row is None or not isinstance(saved, ReviewedItem):
        return []
    fixed = kind_of(saved).fixed_fields
    moved = [n for n, link in row.links.items() if f"{n}_id" in fixed and getattr(saved, f"{n}_id") != found.get(link)]
    return [item.raw.problem(f"The {n} of “{saved}” is fixed. Make a new entry instead.", row.place(n)) for n in moved]


def _place(location: Sequence[str | int]) -> str:
    """("sections", 0, "lead") → sections[1].lead, as people count."""
    place = ""
    for part in location:
        if isinstance(part, int):
            place += f"[{part + 1}]"
        elif not part.startswith(("function-", "is-instance", "constrained-", "str", "Source", "list[")):
            place += f".{part}" if place else part
    return place


_SENTENCES = {
    "missing": "The field is missing.",
    "extra_forbidden": "There is no such field here. Check its spelling, or leave it out.",
    "string_type": "This must be text. Put it in quotes if it looks like a number.",
    "int_type": "This must be a whole number.",
    "bool_type": "This must be true or false.",
    "list_type": "This must be a list.",
    "model_type": "This must be made of fields with values.",
    "dict_type": "This must be made of names with values.",
    "date_from_datetime_parsing": "This is not a date. Write it as 2026-11-22.",
    "date_parsing": "This is not a date. Write it as 2026-11-22.",
    "date_type": "This is not a date. Write it as 2026-11-22.",
    "decimal_parsing": "This is not a number.",
    "decimal_type": "This is not a number.",
    "finite_number": "This is not a number.",
}


def _sentence(error: Any) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    return _SENTENCES.get(error["type"]) or error["msg"].rstrip(".") + "."
