"""Tells people by mail what concerns them, in the transaction of the act; sent after it. Nobody is told of an own act.

A mail says who did what, to how many items, and where to see them. It never holds a word of an item or of a comment.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from editorial import mailing, permissions
from editorial.models import Comment, Decision, Review, User
from editorial.registry import get_kind
from editorial.site import staff_url
from editorial.workflow import Action

_LINKS = 20
_OUTCOMES = {
    Action.APPROVE: "approved",
    Action.SCHEDULE: "scheduled",
    Action.UNSCHEDULE: "unscheduled",
    Action.REQUEST_CHANGES: "sent_back",
}
"""What concerns the person who submitted, and the template that says it."""

_Reviews = Mapping[User, Sequence[Review]]


def tell(decisions: Sequence[Decision]) -> None:
    """Tells whom these decisions of one person concern: for each sort of decision one message to each person."""
    sorts: dict[tuple[str, datetime | None], list[Decision]] = {}
    for decision in decisions:
        sorts.setdefault((decision.action, decision.publish_at), []).append(decision)
    for alike in sorts.values():
        _tell_alike(alike)


def _tell_alike(decisions: Sequence[Decision]) -> None:
    first, reviews = decisions[0], [decision.review for decision in decisions]
    if first.action == Action.SUBMIT:
        _post("submitted", _find_reviewers(reviews), by=first.actor)
    elif first.action in _OUTCOMES:
        more = {"publish_at": first.publish_at}
        _post(_OUTCOMES[Action(first.action)], _find_submitters(reviews, but=first.actor), by=first.actor, **more)


def tell_schedules_dropped(scheduled: Sequence[Decision], *, by: User | None) -> None:
    """Tells the approvers that what they approved for later will not become public."""
    pairs = [(d.actor_id, d.review) for d in scheduled if by is None or d.actor_id != by.pk]
    _post("dropped", _group(pairs), by=by)


def tell_assigned(reviews: Sequence[Review], *, by: User, reviewer: User | None) -> None:
    """Tells the reviewer what was assigned to them."""
    if reviewer is not None and reviews:
        _post("assigned", _group((reviewer.pk, review) for review in reviews), by=by, due_on=reviews[0].due_on)


def tell_mentioned(comment: Comment, users: Iterable[User]) -> None:
    """Tells those whom a comment names that it does. Not what it says."""
    _post("mentioned", _group((user.pk, comment.review) for user in users), by=comment.author)


def list_recipients(users: QuerySet[User]) -> QuerySet[User]:
    """Those of the users who get mail: staff who are active and have an address."""
    return users.filter(is_active=True, is_staff=True).exclude(email="")


def write(
    template: str, to: User, context: Mapping[str, Any], *, headers: Mapping[str, str] | None = None
) -> EmailMessage | None:
    """The mail of this template, whose first line is its subject. None for somebody whose address is none."""
    try:
        validate_email(to.email)
    except ValidationError:
        return None
    subject, _, body = render_to_string(f"editorial/mail/{template}.txt", {**context, "to": to}).partition("\n")
    return EmailMessage(subject, body.lstrip(), to=[to.email], headers=dict(headers or {}))


def plain_name(name: str) -> str:
    """A name as it may stand in a mail: no line breaks, no markup, nothing that a mail program makes a link of."""
    kept = (c if c in "'’-" or unicodedata.category(c)[0] in "LMN" else ". " if c == "." else " " for c in name)
    return " ".join("".join(kept).split())[:80] or "A colleague"


def _find_submitters(reviews: Iterable[Review], *, but: User) -> _Reviews:
    return _group((r.submitted_by_id, r) for r in reviews if r.submitted_by_id and r.submitted_by_id != but.pk)


def _find_reviewers(reviews: Sequence[Review]) -> _Reviews:
    """The assigned reviewer, or else everybody who may decide on that kind."""
    assigned = [(review.reviewer_id, review) for review in reviews if review.reviewer_id]
    found = {user: list(mine) for user, mine in _group(assigned).items()}
    free = [review for review in reviews if not review.reviewer_id]
    deciders = permissions.find_deciders({get_kind(review.kind).model for review in free}) if free else {}
    for review in free:
        for user in deciders[get_kind(review.kind).model]:
            if user.email:
                found.setdefault(user, []).append(review)
    return found


def _group(pairs: Iterable[tuple[int, Review]]) -> _Reviews:
    """By person, of those who get mail."""
    of: dict[int, list[Review]] = {}
    for user_id, review in pairs:
        of.setdefault(user_id, []).append(review)
    return {user: of[user.pk] for user in list_recipients(User.objects.filter(pk__in=of))} if of else {}


def _post(template: str, reviews: _Reviews, *, by: User | None, **more: Any) -> None:
    letters = []
    for user, mine in reviews.items():
        if by is None or user.pk != by.pk:
            actor = plain_name(by.display_name) if by else ""
            letters.append(write(template, user, {**_describe(mine), "actor": actor, **more}))
    mailing.queue([letter for letter in letters if letter is not None])


def _describe(reviews: Sequence[Review]) -> dict[str, Any]:
    """How many, and links to them: by kind and number, never by title, key or address of a page."""
    links = [(get_kind(r.kind).label, r.pk, staff_url(reverse("desk:item", args=[r.pk]))) for r in reviews[:_LINKS]]
    together = reverse("desk:batch") + "?" + urlencode([("items", review.pk) for review in reviews])
    return {
        "count": len(reviews),
        "links": links,
        "more": len(reviews) - len(links),
        "together": staff_url(together) if 1 < len(reviews) <= 200 else "",
        "desk": staff_url(reverse("desk:queue")),
    }
