"""Tells a CDN that is allowed to keep pages which of them became old.

At once after the commit; once more when every process of the site has asked for the newest publication, because the CDN
may have fetched an old page again from one that had not; and by `publish_due` for some minutes, should it have failed.
"""

import json
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from http.client import HTTPException
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery

from editorial.freshness import ASK_EVERY
from editorial.later import Later
from editorial.models import Edition
from editorial.surrogate_keys import EVERYTHING, name_old

logger = logging.getLogger(__name__)

AGAIN_FOR = timedelta(minutes=5)
MOST_KEYS = 100
"""More at once, and everything is purged."""
_PATIENCE = 5.0


def purge_soon(keys: Iterable[str]) -> None:
    """After the commit, in a thread: no decision waits for a CDN, and none fails with it."""
    if settings.CDN_PURGE_URL:
        transaction.on_commit(lambda: (_at_once.add(keys), _again.add(keys)), robust=True)


def purge_recent(*, at: datetime) -> bool:
    """What was published in the last minutes; whether the CDN took it, or there was nothing to purge."""
    if not settings.CDN_PURGE_URL:
        return True
    line = Edition.objects.filter(kind=OuterRef("kind"), subject_id=OuterRef("subject_id"))
    before = line.filter(number=OuterRef("number") - 1).values("slug")
    recent = Edition.objects.filter(published_at__gt=at - AGAIN_FOR).only("kind", "slug", "is_withdrawn")
    keys = name_old((edition.before, edition) for edition in recent.annotate(before=Subquery(before)))
    return not keys or purge(keys)


def purge(keys: Iterable[str]) -> bool:
    """Whether the CDN took it. If not, the log says why."""
    keys = sorted(keys)
    keys = keys if len(keys) <= MOST_KEYS else [EVERYTHING]
    headers = {"Content-Type": "application/json", "Surrogate-Key": " ".join(keys), **settings.CDN_PURGE_HEADER}
    body = json.dumps({"surrogate_keys": keys}).encode()
    try:
        with urlopen(Request(settings.CDN_PURGE_URL, body, headers, method="POST"), timeout=_PATIENCE):
            return True
    except (OSError, HTTPException) as error:
        logger.error("The CDN was not told what became old (%s): %s", " ".join(keys), error)
        return False


_at_once: Later[Iterable[str]] = Later(purge)
_again: Later[Iterable[str]] = Later(purge, delay=2 * ASK_EVERY)
