"""How many reports may come, from one network address and from all together.

An address is personal data, so none is kept: what is counted is a keyed hash of it, with another key each day, in a
table of its own that says nothing of the report and is emptied of what is older than a day. No cookie, and no cache
that processes would have to share. Two requests at the same moment may both be let in: a limit that is passed by one
harms nobody.
"""

import ipaddress
import math
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from comparisons.models.sending import Sending

WINDOW = timedelta(hours=1)
KEPT = timedelta(days=1)
MOST_OF_ONE = 10
"""A hospital's people share one address."""
MOST_OF_ALL = 300


class TooMany(Exception):
    """No report can be taken from there now; `seconds` says for how long."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"{seconds} seconds")


def find_sender(request: HttpRequest, *, at: datetime) -> str:
    """The keyed hash of where the request comes from."""
    key = f"comparisons.feedback.senders {at:%Y-%m-%d}"
    return salted_hmac(key, _network(_address(request)), algorithm="sha256").hexdigest()


def check_limits(sender: str, *, at: datetime) -> None:
    """Raises TooMany when the last hour was full."""
    recent = Sending.objects.since(at - WINDOW).order_by("-at")
    for sendings, most in ((recent.filter(sender=sender), MOST_OF_ONE), (recent, MOST_OF_ALL)):
        times = list(sendings.values_list("at", flat=True)[:most])
        if len(times) == most:
            raise TooMany(max(1, math.ceil((times[-1] + WINDOW - at).total_seconds())))


def remember(sender: str, *, at: datetime) -> None:
    # To the minute, for to the microsecond it would lead to the report. Without RETURNING: see storing.
    Sending.objects.bulk_create([Sending(sender=sender, at=at.replace(second=0, microsecond=0))], ignore_conflicts=True)


def forget_old(*, at: datetime) -> int:
    """Deletes what is older than a day; returns how many rows these were."""
    return Sending.objects.before(at - KEPT).delete()[0]


def _address(request: HttpRequest) -> str:
    """The address that the outermost of our own proxies saw. What stands before it in the header anybody can write."""
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    count = settings.PROXY_COUNT
    return seen[-count] if 0 < count <= len(seen) and seen[-count] else request.META.get("REMOTE_ADDR", "")


def _network(address: str) -> str:
    """An IPv6 address without its half that its owner may choose anew with each request."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6 and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed.ipv4_mapped if parsed.version == 6 else parsed)
