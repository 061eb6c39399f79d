"""The names and units that the content uses: a change to one of them is never a change of wording only."""

import json
from collections.abc import Iterator, Set
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import F, Func, JSONField, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject

from conditions.models import Condition, Fact, Measure, Subtype, Term
from conditions.models.topic import Display
from editorial.first_words import FirstWord, can_stand
from editorial.registry import Vocabulary

_TREATMENTS = "Treatments"  # The schema.org aspect of the topics whose facts are labelled with drugs and treatments.


def load_vocabulary(words: Set[str]) -> Vocabulary:
    """Names of conditions, their forms, terms, measures and treatments, drafts included, and the units. One query.

    Of those that can stand in a text with these words (`editorial.first_words`): there may be very many others.
    """
    rows = _read_rows(words)
    measures = [row for row in rows if isinstance(row, dict)]
    # What a measure merely counts, such as people, is no unit.
    units = [row["unit"] for row in measures if row["display"] != Display.COUNT]
    names = [row["name"] if isinstance(row, dict) else row for row in rows]
    return Vocabulary(names=_choose(names, words), units=_choose(units, words))


def _choose(values: list[Any], words: Set[str]) -> frozenset[str]:
    return frozenset(name for name in _list_words(values) if can_stand(name, words))


def _read_rows(words: Set[str]) -> list[Any]:
    """Of what there are most, forms and treatments, by an index; of conditions and definitions all.

    A row is a name, a list that has names in it, or of a measure an object.
    """
    conditions = _rows(Condition.objects.all(), "name", "abbreviation", "also_known_as")
    treatments = Fact.objects.filter(topic__aspect=_TREATMENTS)
    measure = JSONObject(name=F("name"), unit=F("unit"), display=F("display"))
    others = [
        _rows(_beginning(Subtype.objects.all(), "name", words), "name"),
        _rows(_beginning(Subtype.objects.all(), "abbreviation", words), "abbreviation"),
        _rows(Term.objects.all(), "preferred", "abbreviation", "avoid"),
        _rows(_beginning(treatments, "label", words), "label"),
        _gather(Measure.objects.all(), measure),
    ]
    return [row for rows in conditions.union(*others, all=True) for row in json.loads(rows or "[]")]


def _beginning(found: QuerySet[Any], field: str, words: Set[str]) -> QuerySet[Any]:
    return found.exclude(**{field: ""}).alias(first_word=FirstWord(field)).filter(first_word__in=sorted(words))


def _rows(found: QuerySet[Any], *fields: str) -> QuerySet[Any, str]:
    """The names in these fields, however they are stored."""
    several = Func(*(_as_json(name) for name in fields), function="jsonb_build_array", output_field=JSONField())
    return _gather(found, several if len(fields) > 1 else _as_json(*fields))


def _gather(found: QuerySet[Any], value: Any) -> QuerySet[Any, str]:
    """One JSON list of the value of each row."""
    rows = Cast(JSONBAgg(value), TextField())
    return found.order_by().values(one=Value(1)).annotate(vocabulary=rows).values_list("vocabulary", flat=True)


def _as_json(name: str) -> Func:
    return Func(F(name), function="to_jsonb", output_field=JSONField())


def _list_words(value: Any) -> Iterator[str]:
    """All words in a value that may be nested; of an entry of words to avoid, the words and not the reason."""
    if isinstance(value, str):
        if name := value.strip():
            yield name
    elif isinstance(value, dict):
        yield from _list_words(value.get("text"))
    elif isinstance(value, list):
        for part in value:
            yield from _list_words(part)
