"""What an entry of a content file wants to be in the database, as plain values and natural keys."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from django.db.models import Model
from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True)
class Link:
    """Another row, by its natural key."""

    model: type[Model]
    key: tuple[tuple[str, str], ...]
    """(lookup, value) pairs, such as ("condition__slug", "multiple-sclerosis")."""

    @classmethod
    def to(cls, model: type[Model], key: str) -> Self:
        return cls(model, ((getattr(model, "KEY_FIELD", "slug"), key),))

    def __str__(self) -> str:
        return f"{self.model._meta.verbose_name} “{'/'.join(value for _, value in self.key)}”"


@dataclass
class Children:
    """Rows that belong to a row, in order."""

    rows: list["Row"]
    parent: str
    """Name of their foreign key to the row."""
    identity: str = ""
    """The field that tells them apart where others name them, so that they are kept; else they are made anew."""
    once: str = ""
    """The link that no two of them may share."""


@dataclass
class Row:
    """One row with all that belongs to it."""

    model: type[Model]
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, Link | None] = field(default_factory=dict)
    sets: dict[str, list[Link]] = field(default_factory=dict)
    children: dict[str, Children] = field(default_factory=dict)
    marks: dict[str, list[Link]] = field(default_factory=dict)
    """What the texts name within themselves, by field: named, but kept in the text alone."""
    places: dict[str, str] = field(default_factory=dict)
    """Where in the entry a value stands, if not under the model's own name."""

    def place(self, name: str) -> str:
        return self.places.get(name, name)

    @property
    def link(self) -> Link:
        """The natural key of this row."""
        return Link.to(self.model, self.values[getattr(self.model, "KEY_FIELD", "slug")])

    def parts(self) -> Iterator[tuple[str, str, Link]]:
        """(accessor, identity, natural key) of the children that others may name."""
        for accessor, children in self.children.items():
            for child in children.rows if children.identity else ():
                value = child.values[children.identity]
                (lookup, key), *_ = self.link.key
                link = Link(child.model, ((f"{children.parent}__{lookup}", key), (children.identity, value)))
                yield accessor, value, link

    def walk(self, place: str = "") -> Iterator[tuple["Row", str]]:
        """This row and its children, each with the beginning of its fields' places."""
        yield self, place
        for accessor, children in self.children.items():
            for number, child in enumerate(children.rows, start=1):
                yield child, f"{place}{self.place(accessor)}[{number}]."

    def all_links(self) -> Iterator[tuple[Link, str]]:
        """Every row that this one or a child of it names, with the place."""
        for row, before in self.walk():
            for name, link in row.links.items():
                if link is not None:
                    yield link, before + row.place(name)
            for name, links in row.sets.items():
                for number, link in enumerate(links, start=1):
                    yield link, f"{before}{row.place(name)}[{number}]"
            for name, links in row.marks.items():
                for link in links:
                    yield link, before + row.place(name)

    def repeated_links(self) -> Iterator[tuple[Link, str]]:
        """What a list of this row names twice, with the place."""
        for row, before in self.walk():
            for name, links in row.sets.items():
                seen: set[Link] = set()
                for number, link in enumerate(links, start=1):
                    if link in seen:
                        yield link, f"{before}{row.place(name)}[{number}]"
                    seen.add(link)
        for accessor, children in self.children.items():
            seen = set()
            for number, child in enumerate(children.rows, start=1):
                link = child.links.get(children.once)
                if link is not None and link in seen:
                    yield link, f"{self.place(accessor)}[{number}]"
                if link is not None:
                    seen.add(link)


class Entry(BaseModel):
    """Base of the schemas: a field that is not in the schema is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_enum_values=True, str_strip_whitespace=True)


class ItemEntry(Entry):
    """An entry that becomes a row."""

    def to_row(self) -> Row:
        raise NotImplementedError


@dataclass(frozen=True)
class Section:
    """A word on top of a content file, and what its entries are."""

    name: str
    schema: type[Entry]
    names: Callable[[Any], Iterable[tuple[Link, str]]] | None = None
    """For a section that is kept for editors and not loaded: what its entries name, with the places."""

    @property
    def is_loaded(self) -> bool:
        return issubclass(self.schema, ItemEntry)
