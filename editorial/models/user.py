from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A member of staff. What readers see of a reviewer is frozen into each Decision."""

    credentials = models.CharField(max_length=200, blank=True)
    specialty = models.CharField(max_length=200, blank=True)
    interests = models.TextField(
        "conflict-of-interest statement",
        blank=True,
        db_comment="In the person's own words, and signed by that person only.",
    )
    interests_declared_on = models.DateField("statement signed on", null=True, blank=True)
    is_demonstration = models.BooleanField(
        "demonstration account", default=False, db_comment="Approvals by such an account are marked as not clinical."
    )

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.get_username()
