"""Columns and filters of the lists of reviewed items. No column asks the database: see list_select_related."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from editorial.admin.words import describe_live
from editorial.models import ReviewedItem
from editorial.workflow import Status

MOST_CHOICES = 60
"""More than these no filter lists."""
_SOON = timedelta(days=90)


class ItemColumns:
    """Mixin with the columns that every list of reviewed items has."""

    @admin.display(description="Status", ordering="review__status")
    def shown_status(self, item: ReviewedItem) -> str:
        return item.review.get_status_display()

    @admin.display(description="What is live", ordering="review__approval")
    def shown_live(self, item: ReviewedItem) -> str:
        return describe_live(item.review)

    @admin.display(description="Review due", ordering="review__review_by", empty_value="–")
    def shown_due(self, item: ReviewedItem) -> Any:
        return item.review.review_by

    @admin.display(description="Changed", ordering="review__changed_at")
    def shown_changed(self, item: ReviewedItem) -> Any:
        return timezone.localdate(item.review.changed_at)


ITEM_COLUMNS = ("shown_status", "shown_live", "shown_due", "shown_changed")


class StatusFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Status.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(review__status=self.value()) if self.value() else queryset


class LiveFilter(admin.SimpleListFilter):
    title = "what is live"
    parameter_name = "live"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("live", "Live"),
            ("pending", "Live, with a pending change"),
            ("none", "Not public"),
            ("retired", "Retired"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        live = queryset.filter(review__approval__isnull=False)
        not_live = queryset.filter(review__approval__isnull=True)
        chosen = {
            "live": live.filter(review__status=Status.APPROVED),
            "pending": live.exclude(review__status=Status.APPROVED),
            "none": not_live.exclude(review__status=Status.RETIRED),
            "retired": queryset.filter(review__status=Status.RETIRED),
        }
        return chosen.get(self.value() or "", queryset)


class AttentionFilter(admin.SimpleListFilter):
    title = "needs attention"
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("recheck", "Needs re-check"),
            ("overdue", "Review overdue"),
            ("soon", f"Review due within {_SOON.days} days"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        chosen = {
            "recheck": queryset.filter(review__needs_recheck=True),
            "overdue": queryset.filter(review__review_by__lt=today),
            "soon": queryset.filter(review__review_by__range=(today, today + _SOON)),
        }
        return chosen.get(self.value() or "", queryset)


class RelatedListFilter(admin.RelatedFieldListFilter):
    """Lists what a field leads to where that are few. Where they are many the search box finds them by name."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        ordering = self.field_admin_ordering(field, request, model_admin)
        rows = field.remote_field.model._default_manager.all()
        rows = rows.order_by(*ordering) if ordering else rows
        choices = [(row.pk, str(row)) for row in rows[: MOST_CHOICES + 1]]
        return choices if len(choices) <= MOST_CHOICES else []


ITEM_FILTERS = (StatusFilter, LiveFilter, AttentionFilter)
