"""A page is withdrawn with those that it stands on: one place for this rule, which all reading of editions keeps."""

from functools import lru_cache
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from editorial.models import Edition
from editorial.registry import get_subject, list_subjects


class Gone(Exception):
    """The page stands on something that was withdrawn, so it is withdrawn too. The message is for readers."""


def stands(prefix: str = "") -> Q:
    """Finds the editions of which all that they stand on is public now; `prefix` leads to them, as in "edition__"."""
    where = Q()
    for subject in list_subjects():
        ground = subject.ground
        if ground is not None:
            place = f"{prefix}summary__{ground.place}__contained_by"
            where &= ~Q(**{f"{prefix}kind": subject.name}) | Q(**{place: _list_public(ground.kind)})
    return where


def does_stand(prefix: str = "") -> ExpressionWrapper:
    """The same as a value beside each row."""
    return ExpressionWrapper(stands(prefix), output_field=BooleanField())


def with_state(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """The editions, each with `withdrawn_at` and with whether it `stands`."""
    return with_withdrawal(editions).annotate(stands=does_stand())


@lru_cache
def order_with_state(newest: QuerySet[Edition]) -> QuerySet[Edition]:
    """What is public comes first. Built once for each query that is kept, since building takes longer than asking."""
    return with_state(newest).order_by("is_withdrawn", "-pk")


@lru_cache
def order_standing(newest: QuerySet[Edition]) -> QuerySet[Edition]:
    """Those that stand, and tombstones. Built once, as above."""
    return newest.filter(Q(is_withdrawn=True) | stands()).order_by("kind", "slug")


def with_withdrawal(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """The editions, each with when the page was withdrawn at or after it, if it was."""
    later = Edition.objects.filter(kind=OuterRef("kind"), subject_id=OuterRef("subject_id"), is_withdrawn=True)
    tombstone = later.filter(number__gte=OuterRef("number")).order_by("-number")
    return editions.annotate(withdrawn_at=Subquery(tombstone.values("published_at")[:1]))


def gone(kind: str) -> Gone:
    """To be raised for a page of this kind that no longer stands."""
    ground = get_subject(kind).ground
    return Gone(ground.gone if ground else "")


def _list_public(kind: str) -> Any:
    """Their ids as one JSON list, to be asked for once in a query; NULL where there are none."""
    public = Edition.objects.public().filter(kind=kind).order_by()
    return Subquery(public.values("kind").annotate(ids=JSONBAgg("subject_id")).values("ids"))
