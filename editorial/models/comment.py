import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q


class CommentQuerySet(models.QuerySet["Comment"]):
    def open(self) -> "CommentQuerySet":
        """First remarks of threads that nobody has resolved."""
        return self.filter(thread__isnull=True, resolved_at__isnull=True)


_ANSWERS_ITS_OWN = pgtrigger.Trigger(
    name="answers_its_own",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__thread__isnull=False),
    func="""
        IF NOT EXISTS (
            SELECT 1 FROM editorial_comment
            WHERE id = NEW.thread_id AND review_id = NEW.review_id AND thread_id IS NULL
        ) THEN
            RAISE EXCEPTION 'comment answers %, which is no thread of review %', NEW.thread_id, NEW.review_id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
_STAYS_WITH_THE_RECORD = pgtrigger.Trigger(
    name="stays_with_the_record",
    operation=pgtrigger.Delete,
    when=pgtrigger.Before,
    func="""
        IF EXISTS (SELECT 1 FROM editorial_decision WHERE review_id = OLD.review_id) THEN
            RAISE EXCEPTION 'a comment on an item with decisions belongs to the record'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    """,
)


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
        triggers = [
            pgtrigger.ReadOnly(name="words_stay", exclude=["resolved_at", "resolved_by"]),
            _ANSWERS_ITS_OWN,
            _STAYS_WITH_THE_RECORD,
        ]

    def __str__(self) -> str:
        return f"{self.author} on {self.review}"

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None
