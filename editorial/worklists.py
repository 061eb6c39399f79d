"""The lists of work: one definition of each, for the desk, for My day and for the mails."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, IntegerField, Q, QuerySet, Subquery
from django.urls import reverse

from editorial import permissions, registry
from editorial.models import Contribution, Review, User
from editorial.workflow import Action, Status

DUE_DAYS = 30


def may_see(user: User) -> bool:
    return user.has_perm("editorial.view_review")


def may_submit(user: User) -> bool:
    return may_see(user) and user.has_perm("editorial.submit_item")


def may_decide(user: User) -> bool:
    return may_see(user) and user.has_perm(permissions.DECIDE)


@dataclass(frozen=True, eq=False)
class Worklist:
    """A list of items, the same everywhere: on the desk, on My day, in mails."""

    name: str
    label: str
    empty: str
    """A full sentence for when nothing is in it."""
    where: Callable[[User, date], Q]
    """What of all Reviews is in it, for this person on this day."""
    order: tuple[str, ...] = ("pk",)
    is_own: bool = False
    """Of the person's own work; else everybody finds the same in it."""
    is_work: bool = True
    """Somebody has to do something about what is in it; else it is there to look things up."""
    is_shown: bool = False
    """Its first items are shown on My day."""
    concerns: Callable[[User], bool] = may_see
    """Whether it is this person's sort of work."""
    explain: Callable[[Any], str] = lambda item: ""
    """Why the item is in it, where its Review does not say so."""

    @property
    def url(self) -> str:
        """Its path on the desk. Raises NoReverseMatch in a process that serves readers only."""
        return f"{reverse('desk:queue')}?tab={self.name}"

    def find(self, user: User, *, on: date, among: QuerySet[Review] | None = None) -> QuerySet[Review]:
        """What is in it, in its order."""
        reviews = Review.objects.all() if among is None else among
        order = [F(n).asc(nulls_last=True) if n[0] != "-" else F(n[1:]).desc(nulls_last=True) for n in self.order]
        return reviews.filter(self.where(user, on)).order_by(*order)


def list_worklists() -> list[Worklist]:
    """All lists: one's own first, then everybody's, then what the apps above know of, then those to look things up."""
    work = [worklist for worklist in _LISTS if worklist.is_work]
    return [*work, *registry.list_worklists(), *(worklist for worklist in _LISTS if not worklist.is_work)]


def count_worklists(user: User, *, on: date) -> list[tuple[Worklist, int]]:
    """The lists of work that concern this person, each with how many items are in it: one query."""
    lists = [worklist for worklist in list_worklists() if worklist.is_work and worklist.concerns(user)]
    counts = count_each(lists, user, on=on)
    return [(worklist, counts[worklist.name]) for worklist in lists]


def count_each(
    lists: Iterable[Worklist],
    user: User,
    *,
    on: date,
    among: QuerySet[Review] | None = None,
    most: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """By name of the list: how many of these reviews are in it. One query, none for no lists.

    `most` says of some lists beyond how many nobody wants to know: one more than that stands for all larger numbers.
    """
    filters = {worklist.name: worklist.where(user, on) for worklist in lists}
    if not filters:
        return {}
    reviews = (Review.objects.all() if among is None else among).order_by()
    # Each by itself, so that an index finds the few that are in it; in one pass all Reviews would be read.
    counted = []
    for name, where in filters.items():
        found = reviews.filter(where).values("pk")
        counted.append(_CountOf(found[: most[name] + 1] if most and name in most else found))
    counts = User.objects.filter(pk=user.pk).values_list(*counted).get()
    return dict(zip(filters, counts, strict=True))


class _CountOf(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def own_work(user: User) -> Q:
    """What this person changed since it was last approved."""
    return Q(pk__in=Contribution.objects.filter(user=user, settled_by=None).values("review"))


def _to_review(user: User, on: date) -> Q:
    """Assigned to the person, or free for them to take; what is approved for later waits for nobody."""
    kinds = [kind.name for kind in registry.list_kinds() if permissions.can(user, Action.APPROVE, kind.model)]
    free = Q(reviewer=None, kind__in=kinds) & ~own_work(user)
    return _waiting(user, on) & (Q(reviewer=user) | free)


def _waiting(user: User, on: date) -> Q:
    return Q(status=Status.IN_REVIEW, scheduled=None)


def _overdue(user: User, on: date) -> Q:
    return Q(approval__isnull=False, review_by__lt=on)


def _due(user: User, on: date) -> Q:
    return Q(approval__isnull=False, review_by__range=(on, on + timedelta(days=DUE_DAYS)))


_LISTS = (
    Worklist(
        "to-review",
        "Waiting for my review",
        "Nothing is waiting for your review.",
        _to_review,
        ("submitted_at", "pk"),
        is_own=True,
        is_shown=True,
        concerns=may_decide,
    ),
    Worklist(
        "returned",
        "Sent back to me",
        "Nothing was sent back to you.",
        lambda user, on: Q(status=Status.CHANGES_REQUESTED, submitted_by=user),
        ("-changed_at", "pk"),
        is_own=True,
        is_shown=True,
        concerns=may_submit,
    ),
    Worklist(
        "my-drafts",
        "My drafts",
        "You have no drafts.",
        lambda user, on: Q(status=Status.DRAFT) & own_work(user),
        ("-changed_at", "pk"),
        is_own=True,
        concerns=may_submit,
    ),
    Worklist(
        "second",
        "Retired, to be confirmed",
        "No retirement waits for a second person.",
        lambda user, on: Q(needs_second_person=True),
        ("retirement__at", "pk"),
        concerns=may_decide,
    ),
    Worklist(
        "unpublished",
        "Could not be published as scheduled",
        "Everything that was approved for a time that has passed was published.",
        lambda user, on: ~Q(schedule_problem=""),
        ("-changed_at", "pk"),
        concerns=may_submit,
    ),
    Worklist(
        "recheck",
        "Needs re-check",
        "Nothing needs a re-check.",
        lambda user, on: Q(needs_recheck=True, approval__isnull=False),
        concerns=may_submit,
    ),
    Worklist("overdue", "Review overdue", "No review is overdue.", _overdue, ("review_by", "pk"), concerns=may_submit),
    Worklist(
        "due",
        f"Review due within {DUE_DAYS} days",
        f"No review is due within {DUE_DAYS} days.",
        _due,
        ("review_by", "pk"),
        concerns=may_submit,
    ),
    Worklist(
        "waiting",
        "All that wait for review",
        "Nothing waits for review.",
        _waiting,
        ("submitted_at", "pk"),
        is_work=False,
    ),
    Worklist(
        "scheduled",
        "Approved for later",
        "Nothing is approved for later.",
        lambda user, on: Q(scheduled__isnull=False),
        ("scheduled__publish_at", "pk"),
        is_work=False,
    ),
    Worklist(
        "sent-back",
        "Sent back",
        "Nothing is sent back to its editors.",
        lambda user, on: Q(status=Status.CHANGES_REQUESTED),
        ("-changed_at", "pk"),
        is_work=False,
    ),
    Worklist(
        "drafts",
        "Drafts",
        "There are no drafts.",
        lambda user, on: Q(status=Status.DRAFT),
        ("-changed_at", "pk"),
        is_work=False,
    ),
    Worklist("all", "All", "There are no items yet.", lambda user, on: Q(), ("kind", "key"), is_work=False),
)
