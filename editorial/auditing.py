"""Proves that what was decided and published is what the tables hold. Reads in parts, so its memory stays bounded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from editorial import chain, preparing
from editorial.dependencies import name_of
from editorial.freezing import content_digest, digest_of
from editorial.models import Decision, Edition, Review
from editorial.progress import Progress, no_progress
from editorial.publishing import find_unfaithful
from editorial.registry import get_kind, list_subjects
from editorial.searching import indexing
from editorial.workflow import Action, Status


class AuditBroken(Exception):
    """The first break that was found, as a sentence."""


@dataclass(frozen=True)
class Audited:
    """How much was found whole."""

    decisions: int
    editions: int


def audit(*, progress: Progress = no_progress) -> Audited:
    """Checks decisions, reviews and editions in this order. Raises AuditBroken at the first break."""
    with _still():
        counted = Audited(Decision.objects.count(), Edition.objects.count())
        _raise_first(_decision_breaks(progress("Decisions", counted.decisions)))
        _raise_first(_review_breaks())
        _raise_first(_line_breaks())
        _raise_first(_edition_breaks(progress("Editions", counted.editions)))
        _raise_first(iter([indexing.find_stray()]))
    return counted


@contextmanager
def _still() -> Iterator[None]:
    """All reads see one moment, so that what is published meanwhile is no break."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _in_parts(rows: QuerySet[Any], *, length: int = 200) -> Iterator[Any]:
    """The rows in their order. Not by a cursor of the server, which would outlive an audit that ends at a break."""
    last = 0
    while part := list(rows.filter(pk__gt=last).order_by("pk")[:length]):
        yield from part
        last = part[-1].pk


def _raise_first(breaks: Iterator[str | None]) -> None:
    for sentence in breaks:
        if sentence:
            raise AuditBroken(sentence)


def _decision_breaks(step: Callable[[], Any]) -> Iterator[str | None]:
    """The chain, and in the same reading that each approval's digest fits its content."""
    unfit: list[str] = []

    def read() -> Iterator[Decision]:
        for decision in _in_parts(Decision.objects.select_related("review")):
            yield decision
            unfit.extend(filter(None, [_misfit(decision)]))
            step()

    yield chain.find_break(read())
    yield from unfit[:1]


def _misfit(decision: Decision) -> str | None:
    if decision.content is None:
        return None
    kind, content = decision.review.kind, decision.content["content"]
    if content_digest(kind, content) != decision.digest:
        return f"Decision {decision.pk} approves something else than it holds: its digest does not fit its content."
    if sorted(get_kind(kind).stands_on(content)) != sorted(decision.stands_on):
        return f"Decision {decision.pk} does not stand on what its content rests on."
    return None


def _review_breaks() -> Iterator[str | None]:
    """What is public of an item is its newest approval, unless it was retired later."""
    newest = Max("decisions", filter=Q(decisions__action=Action.APPROVE))
    retired = Coalesce(Max("decisions", filter=Q(decisions__action=Action.RETIRE)), 0)
    for review in _in_parts(Review.objects.annotate(newest=newest, retired=retired).select_related("approval")):
        yield _review_break(review)


def _review_break(review: Review) -> str | None:
    name = f"The review of {review.kind} “{review.key}”"
    approval = review.approval
    if approval is not None and (approval.action != Action.APPROVE or approval.review_id != review.pk):
        return f"{name} points to decision {approval.pk}, which is no approval of it."
    live = review.newest if review.newest and review.newest > review.retired else None
    if review.approval_id != live:
        return f"{name} points to decision {review.approval_id} as what is public; it should be {live}."
    if review.status == Status.APPROVED and approval is not None and review.digest != approval.digest:
        return f"{name} says approved, but its digest is not the one that was approved."
    return None


def _line_breaks() -> Iterator[str | None]:
    """The editions of each subject are numbered from 1 without a gap, and the last one is the current one."""
    lines = Edition.objects.order_by("kind", "subject_id").values_list("kind", "subject_id")
    newest = Max("number", filter=Q(is_current=True))
    for kind, subject, count, last, shown in lines.annotate(count=Count("pk"), last=Max("number"), shown=newest):
        if count != last:
            yield f"The editions of {kind} {subject} have a gap: there are {count}, and the last has number {last}."
        if shown != last:
            yield f"The current edition of {kind} {subject} has number {shown}, but the last one has {last}."
    names = [subject.name for subject in list_subjects()]
    public = Edition.objects.public().filter(kind__in=names).values("subject_id")
    missing = Review.objects.live().filter(kind__in=names).exclude(pk__in=public).order_by("pk").first()
    if missing is not None:
        yield f"The {missing.kind} “{missing.key}” is approved, but has no public edition."


def _edition_breaks(step: Callable[[], Any]) -> Iterator[str | None]:
    for edition in _in_parts(Edition.objects, length=10):
        yield _current_break(edition) if edition.is_current else _old_break(edition)
        yield _correction_break(edition)
        step()


def _correction_break(edition: Edition) -> str | None:
    """What an edition tells as corrected was signed as a correction by an approval that it is made of."""
    if not edition.corrects:
        return None
    signed = Decision.objects.filter(pk__in=edition.manifest["decisions"], is_correction=True).select_related("review")
    unsigned = set(edition.corrects) - {name_of(decision) for decision in signed}
    return f"{edition}: nobody signed that it corrects {', '.join(sorted(unsigned))}." if unsigned else None


def _current_break(edition: Edition) -> str | None:
    return find_unfaithful(edition) or indexing.find_wrong(edition) or preparing.find_wrong(edition)


def _old_break(edition: Edition) -> str | None:
    """An old edition is built no more: what makes it may have changed its form since. Its parts must still be there."""
    if digest_of(edition.content) != edition.digest:
        return f"{edition}: its content does not fit its digest."
    ids = edition.manifest.get("decisions", [])
    if Decision.objects.filter(pk__in=ids).count() != len(set(ids)):
        return f"{edition}: its manifest names decisions that are not there."
    return None
