from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, TextChoices

from editorial.models.item import no_truncate
from editorial.workflow import Action


class Materiality(TextChoices):
    EDITORIAL = "editorial", "Editorial: wording only"
    CLINICAL = "clinical", "Clinical: the medical content was checked"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def live(self) -> Self:
        """Approvals that are public now."""
        return self.filter(live_reviews__isnull=False)

    def in_order(self) -> Self:
        return self.order_by("pk")


# The code refuses this first, with a sentence; the database has the last word.
_FOUR_EYES = pgtrigger.Trigger(
    name="four_eyes",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__action=Action.APPROVE.value),
    func="""
        IF EXISTS (
            SELECT 1 FROM editorial_contribution
            WHERE review_id = NEW.review_id AND user_id = NEW.actor_id AND settled_by_id IS NULL
        ) THEN
            RAISE EXCEPTION 'four eyes: user % contributed to review %', NEW.actor_id, NEW.review_id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class Decision(models.Model):
    """One recorded act. Append-only; each row holds the hash of the row before it.

    An approval is a certificate: it keeps the digest and the approved content itself, and the
    reviewer's name, credentials and statement of interests as they were that day.
    """

    review = models.ForeignKey("editorial.Review", models.PROTECT, related_name="decisions")
    action = models.CharField(max_length=20, choices=[c for c in Action.choices if c[0] != Action.EDIT])
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions")
    actor_name = models.CharField(max_length=300)
    actor_credentials = models.CharField(max_length=200, blank=True)
    actor_specialty = models.CharField(max_length=200, blank=True)
    actor_interests = models.TextField(blank=True)
    actor_interests_declared_on = models.DateField(null=True, blank=True)
    is_demonstration = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    materiality = models.CharField(max_length=10, choices=Materiality.choices, blank=True)
    is_correction = models.BooleanField(
        default=False, db_default=False, db_comment="The approver signed that this corrects an error readers have seen."
    )
    digest = models.CharField(max_length=64)
    content = models.JSONField(null=True, blank=True)
    stands_on = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        db_comment="What the approved content rests on, as kind:key; read off the content.",
    )
    waived = models.JSONField(
        default=list, blank=True, db_comment="The issues that a reviewer waived, each with code, field and message."
    )
    publish_at = models.DateTimeField(
        null=True, blank=True, db_comment="When an approval for later is to become public."
    )
    reviewed_on = models.DateField(null=True, blank=True)
    review_by = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(action=Action.APPROVE)
                | Q(content__isnull=False, materiality__in=Materiality.values, reviewed_on__isnull=False),
                name="editorial_decision_approval_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(action=Action.SCHEDULE)
                | Q(
                    content__isnull=False,
                    materiality__in=Materiality.values,
                    reviewed_on__isnull=False,
                    publish_at__isnull=False,
                ),
                name="editorial_decision_schedule_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(action__in=[a for a in Action.values if a != Action.EDIT]),
                name="editorial_decision_action_known",
            ),
        ]
        indexes = [
            models.Index(fields=["review", "action"], name="editorial_decision_review"),
            GinIndex(fields=["stands_on"], name="editorial_decision_stands_on"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            no_truncate(),
            _FOUR_EYES,
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} by {self.actor_name}, {self.at:%Y-%m-%d %H:%M}"
