from django.conf import settings
from django.db import models
from django.db.models import Q


class CommentQuerySet(models.QuerySet["Comment"]):
    def open(self) -> "CommentQuerySet":
        """First remarks of threads that nobody has resolved."""
        return self.filter(thread__isnull=True, resolved_at__isnull=True)


class Comment(models.Model):
    """A private remark on an item or one of its fields. Never public.

    The first remark of a thread has no `thread`; the answers point to it, and it is the one that is resolved.
    """

    review = models.ForeignKey("editorial.Review", models.CASCADE, related_name="comments")
    thread = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    field = models.CharField(max_length=50, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    body = models.TextField()
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="mentions")
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="resolved_comments"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="editorial_comment_resolved_paired",
            ),
            models.CheckConstraint(
                condition=Q(thread__isnull=True) | Q(resolved_at__isnull=True),
                name="editorial_comment_thread_is_resolved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author} on {self.review}"

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None
