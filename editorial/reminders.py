"""One mail a day to each person: what waits for them, as counts with links. Nothing waits: no mail."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Count
from django.urls import reverse
from post_office.models import Email

from editorial import mailing, notices, statements
from editorial.models import Review, User
from editorial.site import staff_url
from editorial.workflow import Status
from editorial.worklists import count_worklists

_HEADER = "X-Review-Desk-Reminder"
_LEFT_OUT = {"my-drafts"}
"""Nobody waits for a draft."""
_LOCK = 0x5C1E_0517


@dataclass
class Reminded:
    queued: int = 0
    already: int = 0
    """Had theirs today."""
    without: int = 0
    """Have nothing to do."""


def remind(*, on: date) -> Reminded:
    """Queues the mail of that day for everybody who has something to do and has not had it yet."""
    done, mails = Reminded(), []
    with transaction.atomic():
        _lock()
        had, late = _find_reminded(on), _count_late(on)
        for user in notices.list_recipients(User.objects.order_by("pk")):
            if _mark(user, on) in had:
                done.already += 1
                continue
            mail = _write(user, on=on, late=late.get(user.pk, 0))
            if mail is None:
                done.without += 1
            else:
                mails.append(mail)
        mailing.queue(mails, is_urgent=False)
    done.queued = len(mails)
    return done


def _lock() -> None:
    """Two runs at the same moment would both find that nobody has had a mail."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _mark(user: User, on: date) -> str:
    return f"{user.pk}, {on}"


def _find_reminded(on: date) -> set[str]:
    """The marks of the mails of that day, sent or waiting."""
    found = Email.objects.filter(headers__has_key=_HEADER, created__date__gte=on - timedelta(days=1))
    return {headers[_HEADER] for headers in found.values_list("headers", flat=True)}


def _count_late(on: date) -> dict[int, int]:
    """By person: how many items they should have decided on before that day."""
    late = Review.objects.filter(status=Status.IN_REVIEW, scheduled=None, due_on__lt=on, reviewer__isnull=False)
    return dict(late.order_by().values_list("reviewer").annotate(Count("pk")))


def _write(user: User, *, on: date, late: int) -> EmailMessage | None:
    counted = [(work, count) for work, count in count_worklists(user, on=on) if count and work.name not in _LEFT_OUT]
    statement = statements.find_reminder(user, on=on)
    if not counted and not statement:
        return None
    context: dict[str, Any] = {
        "on": on,
        "late": late,
        "lists": [(work.label, count, staff_url(work.url)) for work, count in counted],
        "statement": statement,
        "profile": staff_url(reverse("desk:profile")),
        "desk": staff_url(reverse("desk:queue")),
    }
    return notices.write("reminder", user, context, headers={_HEADER: _mark(user, on)})
