"""The names and units that the content uses: a change to one of them is never a change of wording only."""

import json
from collections.abc import Set
from typing import Any

from django.db.models import F, Func, JSONField, QuerySet, TextField
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
    names: set[str] = set()
    units: set[str] = set()
    for row in _read_rows(words):
        names.update(_list_words(row.get("names")))
        # What a measure merely counts, such as people, is no unit.
        units.update(_list_words(row.get("unit")) if row.get("display") != Display.COUNT else ())
    return Vocabulary(names=_choose(names, words), units=_choose(units, words))


def _choose(names: Set[str], words: Set[str]) -> frozenset[str]:
    return frozenset(name for name in names if can_stand(name, words))


def _read_rows(words: Set[str]) -> list[dict[str, Any]]:
    """Of what there are most, forms and treatments, by an index; of conditions and definitions all."""
    conditions = _rows(Condition.objects.all(), "name", "abbreviation", "also_known_as")
    treatments = Fact.objects.filter(topic__aspect=_TREATMENTS)
    others = [
        _rows(_beginning(Subtype.objects.all(), "name", words), "name"),
        _rows(_beginning(Subtype.objects.all(), "abbreviation", words), "abbreviation"),
        _rows(Term.objects.all(), "preferred", "abbreviation", "avoid"),
        _rows(_beginning(treatments, "label", words), "label"),
        _rows(Measure.objects.all(), "name", unit=F("unit"), display=F("display")),
    ]
    return [json.loads(text) for text in conditions.union(*others, all=True)]


def _beginning(found: QuerySet[Any], field: str, words: Set[str]) -> QuerySet[Any]:
    return found.exclude(**{field: ""}).alias(first_word=FirstWord(field)).filter(first_word__in=sorted(words))


def _rows(found: QuerySet[Any], *fields: str, **more: Any) -> QuerySet[Any, str]:
    """A JSON object for each row: the values of these fields as `names`, however they are stored."""
    names = Func(*(_as_json(name) for name in fields), function="jsonb_build_array", output_field=JSONField())
    row = Cast(JSONObject(names=names, **more), TextField())
    return found.order_by().annotate(vocabulary=row).values_list("vocabulary", flat=True)


def _as_json(name: str) -> Func:
    return Func(F(name), function="to_jsonb", output_field=JSONField())


def _list_words(value: Any) -> set[str]:
    """All words in a value that may be nested; of an entry of words to avoid, the words and not the reason."""
    if isinstance(value, str):
        return {value.strip()} - {""}
    if isinstance(value, dict):
        return _list_words(value.get("text"))
    return {word for part in value for word in _list_words(part)} if isinstance(value, list) else set()
