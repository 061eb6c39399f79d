"""Loads the items on the desk together: the difference, the sources, the checks, the past."""

from collections.abc import Sequence

from editorial.checks import Severity, find_issues
from editorial.desk.dossier import Dossier, find_item
from editorial.desk.parts import PARTS
from editorial.desk.standing import load_standing
from editorial.freezing import content_digest, freeze, load_fresh
from editorial.impact import Page, list_pages
from editorial.models import Decision, Review, ReviewedItem, User
from editorial.registry import get_kind

_ORDER = list(Severity)


def load_dossiers(reviews: Sequence[Review]) -> list[Dossier]:
    """A dossier for each Review whose item is there, in this order.

    The number of queries depends on the kinds among the items, not on how many there are.
    """
    dossiers = load_texts(reviews)
    _add_issues(dossiers)
    _add_past(dossiers)
    for fill in PARTS:
        fill(dossiers)
    return dossiers


def load_texts(reviews: Sequence[Review]) -> list[Dossier]:
    """What the items say, what changed, and their sources: nothing of what staff said of them."""
    dossiers = _open(reviews)
    standing = load_standing(dossiers)
    for dossier in dossiers:
        standing.fill(dossier)
    return dossiers


def list_impact(dossiers: Sequence[Dossier]) -> list[Page]:
    """The public pages that a decision on all of these changes."""
    contents = {dossier.review.pk: dossier.content for dossier in dossiers}
    return list_pages([dossier.item for dossier in dossiers], contents=contents)


def _open(reviews: Sequence[Review]) -> list[Dossier]:
    items = [item for item in (find_item(review) for review in reviews) if item is not None]
    fresh = load_fresh(items)
    by_review = {item.review_id: loaded for item, loaded in fresh.items()}
    return [_begin(review, by_review[review.pk]) for review in reviews if review.pk in by_review]


def _begin(review: Review, item: ReviewedItem) -> Dossier:
    content = freeze(item)
    digest = content_digest(review.kind, content)
    return Dossier(review, item, get_kind(review.kind), content, digest, changes=[], places=[])


def _add_issues(dossiers: Sequence[Dossier]) -> None:
    items = [dossier.item for dossier in dossiers]
    found = find_issues(items, batch=items)
    for dossier in dossiers:
        dossier.issues = sorted(found.get(dossier.item, ()), key=lambda issue: _ORDER.index(issue.severity))


def _add_past(dossiers: Sequence[Dossier]) -> None:
    by_review = {dossier.review.pk: dossier for dossier in dossiers}
    for dossier in dossiers:
        dossier.contributors = [User(**person) for person in dossier.review.contributors]
    for decision in Decision.objects.filter(review__in=by_review).defer("content", "stands_on").order_by("-pk"):
        by_review[decision.review_id].decisions.append(decision)
