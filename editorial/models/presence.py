from datetime import UTC, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models

LASTS = timedelta(minutes=15)
"""Who has not been heard of for so long has gone away without a word."""


class PresenceQuerySet(models.QuerySet["Presence"]):
    def now(self, at: datetime) -> Self:
        return self.filter(seen_at__gt=at - LASTS)


class Presence(models.Model):
    """“I am looking at this”: so that two people do not review the same item. It hinders nobody."""

    review = models.ForeignKey("editorial.Review", models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="presences")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "user"], name="editorial_presence_once")]

    def __str__(self) -> str:
        return f"{self.user} at {self.review}"

    @property
    def sentence(self) -> str:
        """What others read of it."""
        return f"{self.user.display_name} has been looking at this since {self.since.astimezone(UTC):%H:%M} (UTC)."
