"""What a public page would be after a decision: the decision is made, the page is asked for, and all is taken back.

Everything happens in one transaction that is always rolled back, so no other person can ever read a row of it. The
hash chain is not locked and not continued: a preview never keeps decisions waiting for longer than it takes.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_urlconf, resolve, set_urlconf
from psycopg import errors as postgres

from editorial import certificates, publishing
from editorial.freezing import content_digest
from editorial.models import Decision, Edition, Materiality, Review, User
from editorial.registry import Frozen, get_subject
from editorial.workflow import Action, Status

LOCK_TIMEOUT = "500ms"
"""Shorter than the second after which the database looks for a deadlock, so that a preview gives way first."""
_FIELDS = ("status", "approval", "confirmation", "retirement", "scheduled", "review_by", "needs_second_person")


class Busy(Exception):
    """Somebody is deciding on the same items or pages at this moment."""


class Impossible(Exception):
    """The database refuses what the decision would make, such as two pages with one address."""


@dataclass(frozen=True)
class Sight:
    """A public page as a reader gets it."""

    content: bytes
    status: int


@dataclass(frozen=True)
class Preview:
    before: Sight | None
    """None where there is no such page."""
    after: Sight | None


def preview(
    contents: Mapping[int, Frozen], *, page: tuple[str, int], action: Action, by: User, at: datetime
) -> Preview:
    """The page of a subject (its name and Review id) now, and after this person approved or retired the items.

    `contents` are the items' frozen contents by Review id. What waits for no approval is not approved again, and only
    what is public is retired. Raises Busy and Impossible.
    """
    with _rolled_back():
        before = _look(*page)
        _rehearse(contents, action=action, by=by, at=at)
        return Preview(before, _look(*page))


@contextmanager
def _rolled_back() -> Iterator[None]:
    """A transaction that ends as if it had never been, whatever happens in it."""
    try:
        with transaction.atomic():
            try:
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
                yield
            finally:
                transaction.set_rollback(True)
    except OperationalError as error:
        if isinstance(error.__cause__, (postgres.LockNotAvailable, postgres.DeadlockDetected)):
            raise Busy from error
        raise
    except IntegrityError as error:
        raise Impossible from error


def _rehearse(contents: Mapping[int, Frozen], *, action: Action, by: User, at: datetime) -> None:
    decisions = [
        _draft(review, contents[review.pk], action=action, by=by, at=at)
        for review in _lock(contents)
        if (review.is_live if action == Action.RETIRE else review.has_pending_change)
    ]
    # Own work may be looked at before another person decides on it. The savepoint lets `ignore` end after an error.
    with pgtrigger.ignore("editorial.Decision:four_eyes"), transaction.atomic():
        Decision.objects.bulk_create(decisions)
    _point_reviews(decisions, at=at)
    publishing.publish(publishing.find_touched(decisions), decided=decisions, at=at, is_rehearsal=True)


def _lock(ids: Mapping[int, Frozen]) -> Sequence[Review]:
    """In the order in which actions lock them."""
    rows = Review.objects.filter(pk__in=ids).select_related("approval", "confirmation").order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True))


def _draft(review: Review, content: Frozen, *, action: Action, by: User, at: datetime) -> Decision:
    decision = certificates.draft_decision(action, review, by=by, at=at)
    decision.digest = content_digest(review.kind, content)
    # Not links of the chain, but unlike any that is or will be.
    decision.previous_hash, decision.hash = secrets.token_hex(32), secrets.token_hex(32)
    if action == Action.APPROVE:
        decision.materiality = Materiality.CLINICAL
        certificates.certify(decision, content)
        certificates.date_review(decision, content)
    return decision


def _point_reviews(decisions: Sequence[Decision], *, at: datetime) -> None:
    for decision in decisions:
        review = decision.review
        review.confirmation = review.scheduled = None
        if decision.action == Action.RETIRE:
            review.status, review.approval, review.retirement = Status.RETIRED, None, decision
        else:
            review.status, review.approval, review.review_by = Status.APPROVED, decision, decision.review_by
    Review.objects.save_all([decision.review for decision in decisions], _FIELDS, at=at)


def _look(name: str, subject_id: int) -> Sight | None:
    """The page of the subject as readers get it from the database as this transaction sees it."""
    current = Edition.objects.current().filter(kind=name, subject_id=subject_id)
    slug = current.values_list("slug", flat=True).first()
    response = _ask_as_reader(get_subject(name).url(slug)) if slug is not None else None
    return Sight(response.content, response.status_code) if response is not None else None


def _ask_as_reader(path: str) -> HttpResponse | None:
    """The answer of the public view to somebody without an account; None when it has none.

    No middleware runs, so nothing of it can come into a cache, and nobody's session is touched.
    """
    usual = get_urlconf()
    set_urlconf(settings.PUBLIC_URLCONF)
    try:
        match = resolve(path)
        request = HttpRequest()
        request.method, request.path, request.path_info, request.resolver_match = "GET", path, path, match
        return match.func(request, *match.args, **match.kwargs)
    except Http404:
        return None
    finally:
        set_urlconf(usual)
