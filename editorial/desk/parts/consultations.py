"""What outside experts were asked about an item, and what they said."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from editorial.consulting import Standing, standing_of
from editorial.desk.dossier import Dossier
from editorial.models import Consultation


@dataclass(frozen=True)
class Asked:
    consultation: Consultation
    standing: Standing

    @property
    def is_open(self) -> bool:
        return self.standing is Standing.OPEN

    @property
    def is_answered(self) -> bool:
        return self.standing is Standing.ANSWERED

    @property
    def is_revocable(self) -> bool:
        return self.consultation.answered_at is None and self.consultation.revoked_at is None


def fill(dossiers: Sequence[Dossier]) -> None:
    now, by_review = timezone.now(), {dossier.review.pk: dossier for dossier in dossiers}
    found = Consultation.objects.filter(review__in=by_review).select_related("asked_by", "revoked_by")
    for consultation in found:
        dossier = by_review[consultation.review_id]
        standing = standing_of(consultation, dossier.review, digest=dossier.digest, at=now)
        dossier.consultations.append(Asked(consultation, standing))
