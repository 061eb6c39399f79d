"""Who is looking at the items now."""

from collections.abc import Sequence

from django.utils import timezone

from editorial import presence
from editorial.desk.dossier import Dossier


def fill(dossiers: Sequence[Dossier]) -> None:
    present = presence.list_others([dossier.review for dossier in dossiers], at=timezone.now())
    for dossier in dossiers:
        dossier.presences = present.get(dossier.review.pk, [])
