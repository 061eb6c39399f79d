"""Sends what waits in the queue of mails: each mail once, and never in the way of a request.

Each mail is sent and marked as sent in a transaction of its own that holds the turn to send, so that neither two
processes nor two machines send it both. The package's own sender has a lock for one machine only.
"""

import logging
import smtplib
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction
from django.utils import timezone
from post_office.mail import get_queued
from post_office.models import STATUS, Email, Log
from post_office.settings import get_backend, get_max_retries, get_retry_timedelta

logger = logging.getLogger(__name__)

PAUSE = timedelta(minutes=1)
"""So long no request tries again after a failure; the scheduled commands do."""
_PATIENCE = 5.0  # Seconds for each answer of the server, behind a request.
_TIME = 20.0  # Seconds for all of it, behind a request; what is left waits for the next one, or for the commands.
_TURN = 0x5C1E_0516  # The advisory lock of whoever sends.
_OF_ONE_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError, ValueError)


@dataclass
class Delivered:
    sent: int = 0
    failed: int = 0
    """Tried again later, or given up."""
    is_busy: bool = False
    """Somebody else was sending."""


class _Step(Enum):
    SENT = auto()
    FAILED = auto()
    UNREACHABLE = auto()
    NOTHING = auto()
    BUSY = auto()


def deliver(*, patience: float | None = None, within: float | None = None) -> Delivered:
    """Sends what waits until nothing does, the server cannot be reached, or `within` seconds are over.

    `patience` is how many seconds each answer of the server may take; by default what the settings say.
    """
    done, started = Delivered(), time.monotonic()
    connection = get_connection(get_backend(), timeout=patience)
    try:
        while within is None or time.monotonic() - started < within:
            step = _send_next(connection)
            done.sent += step is _Step.SENT
            done.failed += step in (_Step.FAILED, _Step.UNREACHABLE)
            done.is_busy = step is _Step.BUSY
            if step in (_Step.UNREACHABLE, _Step.NOTHING, _Step.BUSY):
                break
    finally:
        _close(connection)
    return done


def start_soon(**kwargs: object) -> None:
    """Tries to send once the transaction that queued has been committed, in a thread that nobody waits for."""
    transaction.on_commit(_start, robust=True)


def _start() -> None:
    threading.Thread(target=try_now, name="mail").start()


def try_now() -> None:
    """One short try, unless one has failed within the last minute. Ends the thread's connection to the database."""
    try:
        if not Log.objects.filter(status=STATUS.failed, date__gte=timezone.now() - PAUSE).exists():
            deliver(patience=_PATIENCE, within=_TIME)
    except Exception:  # Nobody is there to be told; what waits goes on waiting.
        logger.exception("Mail waits: it could not be sent.")
    finally:
        database.close()


def _send_next(connection: BaseEmailBackend) -> _Step:
    with transaction.atomic():
        if not _take_turn():
            return _Step.BUSY
        email = get_queued().first()
        if email is None:
            return _Step.NOTHING
        try:
            connection.open()
            email.dispatch(log_level=0, disconnect_after_delivery=False, commit=False, connection=connection)
        except (OSError, ValueError) as error:
            _put_back(email, error)
            return _Step.FAILED if isinstance(error, _OF_ONE_MAIL) else _Step.UNREACHABLE
        Email.objects.filter(pk=email.pk).update(status=STATUS.sent, last_updated=timezone.now())
    return _Step.SENT


def _take_turn() -> bool:
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_TURN])
        return bool(cursor.fetchone()[0])


def _put_back(email: Email, error: Exception) -> None:
    tries = (email.number_of_retries or 0) + 1
    is_over = tries > get_max_retries()
    logger.warning("Mail %d could not be sent (%s); try %d.", email.pk, type(error).__name__, tries)
    Email.objects.filter(pk=email.pk).update(
        status=STATUS.failed if is_over else STATUS.requeued,
        number_of_retries=tries,
        scheduled_time=timezone.now() + get_retry_timedelta(),
        last_updated=timezone.now(),
    )
    Log.objects.create(email=email, status=STATUS.failed, message=str(error), exception_type=type(error).__name__)


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        logger.info("The mail server had hung up already.")
