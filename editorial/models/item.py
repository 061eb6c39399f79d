from typing import Any, ClassVar

import pgtrigger
from django.db import models


class ReviewedItem(models.Model):
    """Base of everything that is reviewed. Its Review is made with it and says where it stands."""

    KEY_FIELD: ClassVar[str] = "slug"

    review = models.OneToOneField("editorial.Review", models.PROTECT, editable=False, related_name="%(class)s")
    note = models.TextField("note for editors and reviewers", blank=True, db_comment="Versioned, never public.")

    class Meta:
        abstract = True

    @property
    def item_kind(self) -> str:
        return self._meta.model_name or ""

    @property
    def key_value(self) -> str:
        return getattr(self, self.KEY_FIELD)

    def natural_key(self) -> tuple[Any, ...]:
        return (self.key_value,)


class KeyQuerySet(models.QuerySet):
    """Finds rows by the model's natural key."""

    def get_by_natural_key(self, key: str) -> Any:
        field = getattr(self.model, "KEY_FIELD", "slug")
        return self.get(**{field: key})


def no_truncate() -> pgtrigger.Trigger:
    """A table with this trigger cannot be emptied at a stroke either."""
    return pgtrigger.Trigger(
        name="no_truncate",
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func="RAISE EXCEPTION 'pgtrigger: cannot truncate an append-only table';",
    )


def item_triggers(*fixed: str) -> list[pgtrigger.Trigger]:
    """Triggers of a reviewed table: what was ever decided on is never deleted; `fixed` columns never change.

    Nor does the Review: an item that took over another's would be public as something that nobody approved.
    """
    return [
        pgtrigger.Trigger(
            name="keep_decided",
            operation=pgtrigger.Delete,
            when=pgtrigger.Before,
            func="""
                IF EXISTS (SELECT 1 FROM editorial_decision WHERE review_id = OLD.review_id) THEN
                    RAISE EXCEPTION 'an item with decisions is retired, not deleted'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN OLD;
            """,
        ),
        pgtrigger.ReadOnly(name="fixed_fields", fields=["review", *fixed]),
    ]
