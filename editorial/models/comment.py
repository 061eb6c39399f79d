from django.conf import settings
from django.db import models


class Comment(models.Model):
    """A private remark on an item or one of its fields. Never public."""

    review = models.ForeignKey("editorial.Review", models.CASCADE, related_name="comments")
    field = models.CharField(max_length=50, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    is_resolved = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.author} on {self.review}"
