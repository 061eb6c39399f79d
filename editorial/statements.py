"""Statements of interests: what could sway a reviewer, in the person's own words. The only writer of them.

A person signs for themselves, and anew each year, as medical journals ask of their reviewers. Each Decision keeps the
statement as it was; so a new one changes no certificate, and old ones are found there.
"""

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Max, TextChoices

from editorial.errors import StatementMissing
from editorial.models import Decision, User
from editorial.permissions import DECIDE

LASTS = relativedelta(years=1)
SOON = timedelta(days=30)
"""So long before its end a person is reminded."""


class Standing(TextChoices):
    VALID = "valid", "Valid"
    EXPIRED = "expired", "Expired"
    NONE = "none", "None"


def sign(user: User, *, text: str, at: datetime) -> None:
    """Stores the person's statement as signed on that day. Raises StatementMissing when there is nothing to sign."""
    statement = text.strip()
    if not statement:
        raise StatementMissing({}, unsaved=["Write your statement out. If you have no interests to declare, say so."])
    user.interests, user.interests_declared_on = statement, at.date()
    user.save(update_fields=["interests", "interests_declared_on"])


def expires_on(user: User) -> date | None:
    """The last day on which the person's statement counts; None without one."""
    if not user.interests.strip() or user.interests_declared_on is None:
        return None
    return user.interests_declared_on + LASTS


def is_valid(user: User, *, on: date) -> bool:
    last = expires_on(user)
    return last is not None and on <= last


def find_standing(user: User, *, on: date) -> Standing:
    if expires_on(user) is None:
        return Standing.NONE
    return Standing.VALID if is_valid(user, on=on) else Standing.EXPIRED


def find_first_valid_day(*, on: date) -> date:
    """What was signed on this day or later still counts."""
    day = on - LASTS
    return day if day + LASTS >= on else day + timedelta(days=1)  # A year before 29 February is 28 February.


def find_reminder(user: User, *, on: date) -> str:
    """A sentence for a person with the right to decide whose statement is missing, too old or soon will be; or none."""
    last = expires_on(user)
    if not user.has_perm(DECIDE) or (last is not None and on + SOON < last):
        return ""
    if last is None:
        return "You have not signed a statement of interests. Without one you cannot approve medical content."
    if last < on:
        return f"Your statement of interests ended on {last:%-d %B %Y}. Sign it anew to approve medical content."
    return f"Your statement of interests ends on {last:%-d %B %Y}. Sign it anew before then."


def list_in_certificates(user: User) -> list[dict[str, object]]:
    """The statements with which the person decided: text, signed on, how often, and when last; the newest first."""
    rows = Decision.objects.filter(actor=user).exclude(actor_interests="").order_by()
    found = rows.values("actor_interests", "actor_interests_declared_on").annotate(count=Count("pk"), last=Max("at"))
    return list(found.order_by("-actor_interests_declared_on", "-last"))
