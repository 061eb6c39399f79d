from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class SendingQuerySet(models.QuerySet["Sending"]):
    def since(self, at: datetime) -> Self:
        return self.filter(at__gt=at)

    def before(self, at: datetime) -> Self:
        return self.filter(at__lte=at)


class Sending(models.Model):
    """That somebody sent a report, kept for a day to limit how many come. Nothing leads from it to the report."""

    sender = models.CharField(max_length=64, db_comment="A keyed hash of the network address, another one each day.")
    at = models.DateTimeField()

    objects = SendingQuerySet.as_manager()

    class Meta:
        # No right on it for anybody: it is counted and forgotten.
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(sender=""), name="comparisons_sending_has_sender")]
        indexes = [models.Index(fields=["at"], name="comparisons_sending_at")]

    def __str__(self) -> str:
        return f"A report sent at {self.at:%H:%M}"
