"""What people do with items, and what the database holds, for tests."""

from typing import Any

import reversion
from django.db.models import Model
from reversion.models import Revision, Version

from comparisons.models import FAQ, ComparedCondition, Comparison, Point, Report, Section, Sending
from conditions.models import Citation, Condition, Fact, FactCitation, Measure, Subtype, Term, Topic
from editorial import actions
from editorial.models import (
    Comment,
    Consultation,
    Contribution,
    Decision,
    Edition,
    Presence,
    ReportOutcome,
    Review,
    ReviewedItem,
    SavedList,
    SearchEntry,
    SearchStart,
    SearchWord,
    User,
)
from tests.factories import make_editor, make_reviewer

TABLES = [
    *(Review, Decision, Edition, Contribution, Comment, Consultation, Presence, SavedList, Revision, Version),
    *(ReportOutcome, SearchEntry, SearchStart, SearchWord),
    *(Condition, Subtype, Topic, Measure, Citation, Term, Fact, FactCitation),
    *(Comparison, ComparedCondition, Section, Point, FAQ, Report, Sending),
]


def read_database() -> dict[str, list[dict[str, Any]]]:
    """All that may change by an act, to prove that a refused one changed nothing."""
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in TABLES}


def review_of(item: ReviewedItem) -> Review:
    return Review.objects.get(pk=item.review_id)


def digest_now(item: ReviewedItem) -> str:
    return review_of(item).digest


def digests_now(*items: ReviewedItem) -> dict[ReviewedItem, str]:
    return {item: digest_now(item) for item in items}


def edit(item: Model, *, by: User | None = None, **values: Any) -> User:
    """One saved form: the fields are set in one revision of this person, who is returned."""
    by = by or make_editor()
    with reversion.create_revision():
        reversion.set_user(by)
        for name, value in values.items():
            setattr(item, name, value)
        item.save()
    return by


def submit(*items: ReviewedItem, by: User | None = None) -> None:
    actions.submit(items, by=by or make_editor())


def approve(*items: ReviewedItem, by: User | None = None, **options: Any) -> list[Decision]:
    return actions.approve(items, by=by or make_reviewer(), digests=digests_now(*items), **options)


def revise(item: ReviewedItem, **values: Any) -> None:
    """A change that goes the whole way: edited and submitted by one person, approved by another."""
    editor = edit(item, **values)
    submit(item, by=editor)
    approve(item)


def retire(*items: ReviewedItem, by: User | None = None) -> User:
    by = by or make_reviewer()
    actions.retire(items, by=by, reason="It was found to be wrong.")
    return by


def current(item: ReviewedItem) -> Edition:
    """The current edition of the subject that this item is."""
    return Edition.objects.current().get(subject_id=item.review_id)


def texts_of(condition: Condition) -> list[str]:
    """The texts of the facts that are public on the condition's page."""
    return [fact["text"] for fact in current(condition).content["facts"]]


def first_version(item: ReviewedItem) -> Version:
    return Version.objects.get_for_object(item).order_by("pk")[0]
