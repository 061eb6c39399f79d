"""The ground of every action: items locked together in one transaction, and what is recorded of them.

Part of `editorial.actions`, which alone may use it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from editorial import certificates, chain, guards, presence
from editorial.dependencies import find_dependent_reviews
from editorial.freezing import content_digest, freeze, load_fresh
from editorial.models import Decision, Review, ReviewedItem, User
from editorial.workflow import Action

Items = Iterable[ReviewedItem]
Said = str | Mapping[ReviewedItem, str]
"""One text for all items, or one for each."""
Ticked = bool | Collection[ReviewedItem]
"""Yes or no for all items, or those for which it is yes."""
_DECIDING = {Action.APPROVE, Action.SCHEDULE, Action.REQUEST_CHANGES, Action.RETIRE, Action.CONFIRM}


_holds_all: ContextVar[bool] = ContextVar("holds_all", default=False)


@contextmanager
def holding_all(items: Items) -> Iterator[None]:
    """Locks at once, in the one order, what several batches of one transaction need; they need not ask again."""
    chain.lock_chain()
    lock_reviews(list(items), and_what_rests_on_them=True)
    token = _holds_all.set(True)
    try:
        yield
    finally:
        _holds_all.reset(token)


class Batch:
    """Items locked together for one act, in one transaction: all of it happens or nothing."""

    def __init__(
        self,
        items: Items,
        action: Action,
        *,
        by: User,
        at: datetime | None,
        shown: Mapping[ReviewedItem, str] | None = None,
    ) -> None:
        given = list(items)
        guards.check_saved(given)
        self.items = list(dict.fromkeys(given))
        self.action, self.by, self.shown = action, by, shown
        self.at = at or timezone.now()
        self._atomic = transaction.atomic()

    def __enter__(self) -> "Batch":
        self._atomic.__enter__()
        try:
            self._open()
        except BaseException as error:
            self._atomic.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def _open(self) -> None:
        guards.check_may(self.by, self.action, self.items)
        guards.check_edits_noted(self.action, self.items)
        moves_others = self.action in (Action.APPROVE, Action.RETIRE)
        if not _holds_all.get():
            chain.lock_chain()
        self.reviews = lock_reviews(self.items, and_what_rests_on_them=moves_others and not _holds_all.get())
        self.reload()
        guards.check_present(self.items, self.fresh)
        if self.shown is not None:
            # Before the moves: who read another text should learn that first.
            guards.check_shown(self.reviews, shown=self.shown, now=self.digests)
        guards.check_moves(self.action, self.reviews)
        if self.action in _DECIDING:
            # Who decides has looked. When the decision is refused after all, this is undone with it.
            presence.leave(self.reviews.values(), by=self.by)

    def __exit__(self, *exc: Any) -> None:
        self._atomic.__exit__(*exc)
        if exc[0] is None:
            for item in self.items:
                item._state.fields_cache.pop("review", None)

    def reload(self) -> None:
        """Reads the items anew, as the database has them now."""
        self.fresh = load_fresh(self.reviews)
        self.contents = {item: freeze(loaded) for item, loaded in self.fresh.items()}
        self.digests = {item: content_digest(item.item_kind, content) for item, content in self.contents.items()}

    def save(self, *fields: str) -> None:
        """Stores these fields of the items' Reviews."""
        Review.objects.save_all(list(self.reviews.values()), fields, at=self.at)

    def record(
        self, *, comment: Said = "", materiality: Said = "", with_content: bool = False, is_review: bool = False
    ) -> list[Decision]:
        """Appends a Decision for each item, in the order of `reviews`. With content it is a certificate."""
        return chain.append(
            self.prepare(comment=comment, materiality=materiality, with_content=with_content, is_review=is_review)
        )

    def prepare(
        self, *, comment: Said = "", materiality: Said = "", with_content: bool = False, is_review: bool = False
    ) -> list[Decision]:
        """The Decisions that `record` appends, for an action that has more to say in them."""
        decisions = []
        for item, review in self.reviews.items():
            said = said_of(item, comment)
            decision = certificates.draft_decision(self.action, review, by=self.by, at=self.at, comment=said)
            decision.digest, decision.materiality = self.digests[item], said_of(item, materiality)
            if with_content:
                certificates.certify(decision, self.contents[item])
            if with_content or (is_review and review.approval_id):
                certificates.date_review(decision, self.contents[item])
            decisions.append(decision)
        return decisions


def said_of(item: ReviewedItem, said: Said) -> str:
    return said if isinstance(said, str) else said.get(item, "")


def lock_reviews(
    items: Sequence[ReviewedItem] | Mapping[ReviewedItem, Any], *, and_what_rests_on_them: bool = False
) -> dict[ReviewedItem, Review]:
    """The items' Reviews, locked in one fixed order so that overlapping batches wait instead of dying.

    So are the Reviews that may be marked for a re-check: locked later, they would be locked out of order.
    """
    by_review = {item.review_id: item for item in items}
    wanted = {*by_review, *(find_dependent_reviews(items) if and_what_rests_on_them else ())}
    rows = Review.objects.filter(pk__in=wanted).select_related("approval", "confirmation", "scheduled").order_by("pk")
    locked = rows.select_for_update(of=("self",), no_key=True)
    return {by_review[row.pk]: row for row in locked if row.pk in by_review}
