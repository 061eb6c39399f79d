"""The rows of a list: each item with why it is there, where it stands and what the checks find."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value

from editorial import presence
from editorial.checks import Issue, Severity, find_issues
from editorial.desk.dossier import describe_live, find_item, topic_of
from editorial.freezing import freeze, load_fresh
from editorial.models import Contribution, Decision, Presence, Review, ReviewedItem, User
from editorial.registry import Frozen, get_kind, list_kinds
from editorial.waivers import without_waived
from editorial.workflow import Action, Status
from editorial.worklists import DUE_DAYS, Worklist, may_decide


@dataclass(frozen=True)
class Row:
    review: Review
    """As `with_what_rows_show` loads it."""
    item: ReviewedItem
    kind: str
    topic: str
    places: str
    live: str
    reasons: list[str]
    """Why it is listed, beside its status."""
    issues: list[Issue]
    presences: list[Presence]
    """Who is looking at it now, the person who asks included."""
    is_late: bool
    """The day by which its reviewer should have decided is over."""

    @property
    def blocking(self) -> list[Issue]:
        return [issue for issue in self.issues if issue.severity == Severity.ERROR]

    @property
    def cautions(self) -> list[Issue]:
        return [issue for issue in self.issues if issue.severity != Severity.ERROR]


def with_what_rows_show(reviews: QuerySet[Review], user: User) -> QuerySet[Review]:
    """The Reviews with their items and with what a row says of them, in the same query.

    Adds `is_own` (the person contributed, and would else decide), `together` (how many wait of the same submission),
    `asked` and `asked_by` (the newest request for changes).
    """
    people = ("submitted_by", "reviewer")
    decisions = ("confirmation", "retirement", "approval", "scheduled")
    same = Review.objects.filter(
        status=Status.IN_REVIEW, submitted_at=OuterRef("submitted_at"), submitted_by=OuterRef("submitted_by")
    )
    requests = Decision.objects.filter(review=OuterRef("pk"), action=Action.REQUEST_CHANGES).order_by("-pk")
    own = Contribution.objects.filter(review=OuterRef("pk"), user=user, settled_by=None)
    rows = reviews.select_related(*people, *decisions, *(kind.name for kind in list_kinds())).annotate(
        is_own=Exists(own) if may_decide(user) else Value(False),
        together=Subquery(same.order_by().values("submitted_at").annotate(n=Count("pk")).values("n")),
        asked=Subquery(requests.values("comment")[:1]),
        asked_by=Subquery(requests.values("actor_name")[:1]),
    )
    return rows.defer(*(f"{name}__{field}" for name in decisions for field in ("content", "stands_on")))


def list_rows(
    reviews: Sequence[Review], *, worklist: Worklist, conditions: Mapping[int, tuple[str, str]], at: datetime
) -> list[Row]:
    """Rows with what the checks find. The number of queries depends on the kinds, not on the rows.

    `conditions` are (slug, name) by Review id.
    """
    items = {review.pk: item for review in reviews if (item := find_item(review)) is not None}
    fresh = {item.review_id: loaded for item, loaded in load_fresh(items.values()).items()}
    issues = without_waived(find_issues(fresh.values(), batch=fresh.values()))
    presences = presence.list_others(reviews, at=at)
    contents = {pk: freeze(item) for pk, item in fresh.items()}
    return [
        Row(
            review=review,
            item=fresh[review.pk],
            kind=get_kind(review.kind).label,
            topic=topic_of(contents[review.pk]),
            places=", ".join(conditions[pk][1] for pk in _condition_ids(contents[review.pk]) if pk in conditions),
            live=describe_live(review),
            reasons=[*filter(None, [worklist.explain(fresh[review.pk])]), *list_reasons(review, at.date())],
            issues=issues.get(fresh[review.pk], []),
            presences=presences.get(review.pk, []),
            is_late=is_late(review, at.date()),
        )
        for review in reviews
        if review.pk in fresh
    ]


def is_late(review: Review, today: date) -> bool:
    return review.due_on is not None and review.due_on < today


def _condition_ids(content: Frozen) -> list[int]:
    """Review ids of the conditions that the item is about."""
    found = content.get("condition", content.get("conditions", []))
    return found if isinstance(found, list) else [found]


def list_reasons(review: Review, today: date) -> list[str]:
    """Why it is in some list, as sentences. Needs what `with_what_rows_show` adds."""
    reasons = list(review.recheck_reasons) if review.needs_recheck else []
    if review.needs_second_person and review.retirement:
        reasons.append(f"Retired by {review.retirement.actor_name}: {review.retirement.comment}")
    if review.status == Status.CHANGES_REQUESTED and review.asked:
        reasons.append(f"{review.asked_by} asks: {review.asked}")
    if review.scheduled:
        when = f"{review.scheduled.publish_at:%-d %B %Y, %H:%M} (UTC)"
        reasons.append(f"Approved by {review.scheduled.actor_name}, public from {when}.")
    if review.schedule_problem:
        reasons.append(f"Not published as scheduled: {review.schedule_problem}")
    if review.status == Status.IN_REVIEW and review.is_own:
        reasons.append("You changed it, so another person must approve it.")
    if review.approval_id and review.review_by and review.review_by <= today + timedelta(days=DUE_DAYS):
        word = "was due" if review.review_by < today else "is due"
        reasons.append(f"Review {word} on {review.review_by:%-d %B %Y}.")
    return reasons
