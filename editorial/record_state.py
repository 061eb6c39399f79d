"""What tells one state of the public record from every other."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from editorial.models import Edition


@dataclass(frozen=True)
class RecordState:
    """What tells one state of the record from every other: editions are only ever added."""

    count: int
    newest_id: int | None
    newest: datetime | None


def get_state() -> RecordState:
    """One query."""
    row = Edition.objects.aggregate(count=Count("pk"), newest_id=Max("pk"), newest=Max("published_at"))
    return RecordState(**row)
