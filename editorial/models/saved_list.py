from django.conf import settings
from django.db import models


class SavedList(models.Model):
    """A list of the desk with its filters, under a name that one person gave it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_lists")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, db_comment="The filters as in the address of the list.")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="editorial_savedlist_name")]

    def __str__(self) -> str:
        return self.name
