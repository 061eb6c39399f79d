"""The filters of the lists, and what they leave."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from editorial.desk.forms import bare_helper
from editorial.models import Review, User
from editorial.registry import list_kinds
from editorial.worklists import list_worklists

FILTERS = ("kind", "condition", "topic", "person", "reviewer")


class FilterForm(forms.Form):
    """Filters by the address of the page. An unknown value becomes a sentence and is left out."""

    kind = forms.ChoiceField(required=False)
    condition = forms.ChoiceField(required=False)
    topic = forms.ChoiceField(required=False)
    person = forms.ChoiceField(required=False, label="Submitted by")
    reviewer = forms.ChoiceField(required=False, label="Assigned to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        submitters, reviewers = _people()
        choices = {
            "kind": [("", "All kinds"), *_kinds()],
            "condition": [("", "All conditions"), *sorted(self.conditions.values(), key=_by_name)],
            "topic": [("", "All topics"), *_topics()],
            "person": [("", "Everybody"), *submitters],
            "reviewer": [("", "Everybody and nobody"), *reviewers],
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
    where = Q(pk__in=[])
    for lookup in filter(None, (getattr(kind, f"{what}_lookup") for kind in list_kinds())):
        where |= Q(**{lookup: slug})
    return Review.objects.filter(where).order_by().values("pk")


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
    lookups = {kind.topic_lookup for kind in list_kinds() if kind.topic_lookup}
    return sorted({row for lookup in lookups for row in _named(lookup)}, key=_by_name)


def _named(lookup: str, *more: str) -> QuerySet[Review, Any]:
    """(slug, name, …) of what this lookup from Review finds, each once."""
    name = lookup.removesuffix("slug") + "name"
    rows = Review.objects.filter(**{f"{lookup}__isnull": False}).order_by()
    return rows.values_list(lookup, name, *more).distinct()


def _by_name(row: tuple[str, str]) -> str:
    return row[1].casefold()


def _people() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Those who submitted what is listed, and those who were asked to review it: one query."""
    people = User.objects.annotate(
        submits=Exists(Review.objects.filter(submitted_by=OuterRef("pk"))),
        reviews=Exists(Review.objects.filter(reviewer=OuterRef("pk"))),
    )
    found = people.filter(Q(submits=True) | Q(reviews=True)).order_by("username")
    rows = found.values_list("username", "first_name", "last_name", "submits", "reviews")
    named = [
        ((name, f"{first} {last}".strip() or name), submits, reviews) for name, first, last, submits, reviews in rows
    ]
    return [choice for choice, submits, _ in named if submits], [choice for choice, _, reviews in named if reviews]
