"""Words that occur once in the world: whoever reads one knows from which version of which field it comes."""

import itertools
import json
import re
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Model

from conditions.models import Fact, Topic
from editorial.models import ReviewedItem
from editorial.registry import kind_of

_CANARY = re.compile(r"zq\d{5}z", re.IGNORECASE)
_numbers = itertools.count(1)

PRIVATE_FIELDS = {"note", "avoid", "quote"}
NOT_WORDS = {"issued", "issue", "volume", "page", "pmid", "pmcid"}
"""Short or strict fields; the title stands for them."""


def new_canary() -> str:
    return f"zq{next(_numbers):05d}z"


def find_canaries(value: Any) -> set[str]:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return {word.lower() for word in _CANARY.findall(text)}


def list_rows(item: ReviewedItem) -> list[Model]:
    """The item and its child rows, as the database has them."""
    item = type(item)._base_manager.get(pk=item.pk)
    children = [
        row
        for child in kind_of(item).children
        for row in child.model._default_manager.filter(**{child.parent: item}).order_by("pk")
    ]
    return [item, *children]


def list_text_fields(row: Model) -> list[models.Field]:
    """The fields that hold free text: a word of ours fits into each."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    fields = [f for f in row._meta.concrete_fields if isinstance(f, kinds) or f.name == "also_known_as"]
    return [f for f in fields if not f.choices and f.name not in NOT_WORDS and (f.max_length or 99) >= 20]


def fill(row: Model, names: Iterable[str] | None = None) -> dict[str, Any]:
    """Puts a new word into each text field (or those named) and returns what was put there. Saves nothing.

    Slugs and keys stay, unless they are named.
    """
    fields = [f for f in list_text_fields(row) if (f.name in names if names else not isinstance(f, models.SlugField))]
    values = {field.name: _value(field.name) for field in fields}
    for name, value in values.items():
        setattr(row, name, value)
    return values


def _value(name: str) -> Any:
    word = new_canary()
    shapes: dict[str, Any] = {
        "authors": [{"family": f"Name{word}"}],
        "also_known_as": [word],
        "icd10_detail": {"X1": word},
        "avoid": [{"text": f"never {word}", "reason": "Say it kindly."}],
        "url": f"https://example.org/{word}",
        "doi": f"10.1000/{word}",
    }
    return shapes.get(name, word if name in ("slug", "key") else f"Word {word}")


def read_words(item: ReviewedItem) -> tuple[set[str], set[str]]:
    """(public, private): the canaries of the working copy, with those of the definitions that it includes."""
    public: set[str] = set()
    private: set[str] = set()
    for row in list_rows(item):
        for field in list_text_fields(row):
            found = find_canaries(getattr(row, field.name))
            (private if field.name in PRIVATE_FIELDS else public).update(found)
        public |= _definition_words(row)
    return public, private


def _definition_words(row: Model) -> set[str]:
    topic: Topic | None = getattr(row, "topic", None)
    words = find_canaries([topic.slug, topic.name, topic.question, topic.aspect]) if topic else set()
    if isinstance(row, Fact) and row.measure:
        words |= find_canaries([row.measure.slug, row.measure.name, row.measure.unit])
    # The subtype that a fact names by its slug is public only when the condition has it approved: words of that item.
    return words
