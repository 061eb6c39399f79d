from django.conf import settings
from django.db import models
from django.db.models import Q


class Contribution(models.Model):
    """Who changed an item since its last approval; settled by the approval that follows."""

    review = models.ForeignKey("editorial.Review", models.CASCADE, related_name="contributions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="contributions")
    at = models.DateTimeField()
    settled_by = models.ForeignKey("editorial.Decision", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "user"],
                condition=Q(settled_by__isnull=True),
                name="editorial_contribution_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.review}"
