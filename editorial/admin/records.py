"""The record of decisions and editions: to be searched and read, never to be changed."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from editorial.models import Decision, Edition


class RecordAdmin(admin.ModelAdmin):
    actions = None
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    list_display = ("at", "action", "shown_item", "actor_name", "materiality", "comment")
    list_display_links = ("at",)
    list_filter = ("action", "materiality", "is_correction", "review__kind", "is_demonstration")
    search_fields = ("=review__key", "review__key", "actor_name", "comment")
    list_select_related = ("review",)
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        return super().get_queryset(request).defer("content")

    @admin.display(description="Item", ordering="review__key")
    def shown_item(self, decision: Decision) -> str:
        return str(decision.review)


@admin.register(Edition)
class EditionAdmin(RecordAdmin):
    list_display = (
        "slug",
        "kind",
        "number",
        "published_at",
        "is_current",
        "is_withdrawn",
        "last_reviewed_on",
        "content_changed_at",
        "change_note",
    )
    list_filter = ("kind", "is_current", "is_withdrawn")
    search_fields = ("slug", "change_note")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        return super().get_queryset(request).defer("content", "manifest")
