from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices


class Opinion(TextChoices):
    AGREE = "agree", "I agree with it"
    DISAGREE = "disagree", "I disagree with it"
    COMMENT = "comment", "I only want to comment"


class Consultation(models.Model):
    """One outside expert's private link to one submitted version, and the answer. It informs; it decides nothing.

    Only the hash of the link's secret is kept. The link is void once the item has another digest.
    """

    review = models.ForeignKey("editorial.Review", models.CASCADE, related_name="consultations")
    digest = models.CharField(max_length=64)
    secret_hash = models.CharField(max_length=64, unique=True)
    invited = models.CharField("who is asked", max_length=200)
    question = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consultations")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="revoked_consultations"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    opinion = models.CharField(max_length=10, choices=Opinion.choices, blank=True)
    comment = models.TextField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    credentials = models.CharField(max_length=200, blank=True)
    interests = models.TextField("conflicts of interest", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, opinion="")
                | Q(answered_at__isnull=False, opinion__in=Opinion.values) & ~Q(name="") & ~Q(interests=""),
                name="editorial_consultation_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="editorial_consultation_revoked_paired",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="answer_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.invited} on {self.review}"

    def is_open(self, *, at: datetime, digest: str) -> bool:
        """Whether the link may be answered now, while the item has this digest."""
        is_void = self.revoked_at is not None or self.answered_at is not None or self.digest != digest
        return not is_void and at < self.expires_at
