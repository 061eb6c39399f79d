"""The filters of the lists, and what they leave."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict

from editorial.desk.forms import QuickSelect, bare_helper
from editorial.models import Review, User
from editorial.registry import list_kinds
from editorial.worklists import list_worklists

FILTERS = ("kind", "condition", "topic", "person", "reviewer")


class FilterForm(forms.Form):
    """Filters by the address of the page. An unknown value becomes a sentence and is left out."""

    kind = forms.ChoiceField(required=False)
    condition = forms.ChoiceField(required=False, widget=QuickSelect)
    topic = forms.ChoiceField(required=False)
    person = forms.ChoiceField(required=False, label="Submitted by")
    reviewer = forms.ChoiceField(required=False, label="Assigned to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = _people()
        choices = {
            "kind": [("", "All kinds"), *_kinds()],
            "condition": [("", "All conditions"), *sorted(self.conditions.values(), key=_by_name)],
            "topic": [("", "All topics"), *_topics()],
            "person": [("", "Everybody"), *people],
            "reviewer": [("", "Everybody and nobody"), *people],
        }
        for name, field in self.fields.items():
            field.choices = choices[name]
            field.error_messages["invalid_choice"] = f"There is no {name} “%(value)s”. The filter is left out."

    @property
    def helper(self) -> FormHelper:
        return bare_helper()

    @cached_property
    def conditions(self) -> dict[int, tuple[str, str]]:
        """(slug, name) by Review id."""
        lookups = {kind.condition_lookup for kind in list_kinds() if kind.condition_lookup == f"{kind.name}__slug"}
        rows = [row for lookup in lookups for row in _named(lookup, "pk").iterator()]
        return {pk: (slug, name) for slug, name, pk in rows}

    def chosen(self) -> dict[str, str]:
        """The known values, by filter."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def narrow(reviews: QuerySet[Review], chosen: dict[str, str]) -> QuerySet[Review]:
    """Those of the reviews that fit all these filters."""
    if "kind" in chosen:
        reviews = reviews.filter(kind=chosen["kind"])
    if "person" in chosen:
        reviews = reviews.filter(submitted_by__username=chosen["person"])
    if "reviewer" in chosen:
        reviews = reviews.filter(reviewer__username=chosen["reviewer"])
    for name in ("condition", "topic"):
        if name in chosen:
            reviews = reviews.filter(pk__in=find_about(name, chosen[name]))
    return reviews


def find_about(what: str, slug: str) -> QuerySet[Review, int]:
    """Ids of the Reviews of all kinds whose items are about that "condition", or under that "topic"."""
    lookups = {getattr(kind, f"{what}_lookup") for kind in list_kinds()} - {""}
    # One after the other: joined with “or” all Reviews would be read.
    found = [Review.objects.filter(**{lookup: slug}).order_by().values("pk") for lookup in sorted(lookups)]
    return found[0].union(*found[1:]) if found else Review.objects.none()


def reduce_query(text: str, *, also: tuple[str, ...] = ()) -> str:
    """The address of a list, of which only the names that a list knows are left."""
    sent = QueryDict(text[:1000])
    return urlencode({name: sent[name] for name in ("tab", *FILTERS, *also) if name in sent})


def list_address(tab: str, chosen: dict[str, str]) -> str:
    """The query of a list with these filters; empty names and lists that are not there are left out."""
    known = {worklist.name for worklist in list_worklists()}
    return urlencode({**({"tab": tab} if tab in known else {}), **chosen})


def _kinds() -> list[tuple[str, str]]:
    return [(kind.name, kind.label[:1].upper() + kind.label[1:]) for kind in list_kinds()]


def _topics() -> list[tuple[str, str]]:
    """All that there are: which of them have items would be asked of all items."""
    models = {_find_model(kind.topic_lookup) for kind in list_kinds() if kind.topic_lookup}
    return sorted({row for model in models for row in model._default_manager.values_list("slug", "name")}, key=_by_name)


def _find_model(lookup: str) -> type[Model]:
    """The model that has the slug at the end of this lookup from Review."""
    model: Any = Review
    for name in lookup.split("__")[:-1]:
        model = model._meta.get_field(name).related_model
    return model


def _named(lookup: str, *more: str) -> QuerySet[Review, Any]:
    """(slug, name, …) of what this lookup from Review finds, each once."""
    name = lookup.removesuffix("slug") + "name"
    rows = Review.objects.filter(**{f"{lookup}__isnull": False}).order_by()
    return rows.values_list(lookup, name, *more).distinct()


def _by_name(row: tuple[str, str]) -> str:
    return row[1].casefold()


def _people() -> list[tuple[str, str]]:
    """Everybody with an account: who of them submitted or reviews something would be asked of all Reviews."""
    rows = User.objects.order_by("username").values_list("username", "first_name", "last_name")
    return [(name, f"{first} {last}".strip() or name) for name, first, last in rows]
