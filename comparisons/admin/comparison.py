"""The admin of comparisons."""

from typing import Any

from django import forms
from django.contrib import admin

from comparisons.models import ComparedCondition, Comparison, Point, Section
from editorial.admin import (
    PICTURE_FIELDSET,
    PictureForm,
    PictureItemMixin,
    RelatedListFilter,
    ReviewedItemAdmin,
    StackedRows,
)

MARKDOWN = "Markdown. [@key] cites a source."


class ComparisonForm(PictureForm):
    constraint_messages = {
        "comparisons_comparison_picture_in_words": ("picture_alt", "Say in words what the picture shows."),
    }

    class Meta:
        model = Comparison
        fields: list[str] = []  # The admin names them.
        help_texts = {
            "slug": "The last part of the page's address. When it changes, the old address leads to the new one.",
            "answer": f"The difference in two or three sentences. {MARKDOWN}",
            "summary": MARKDOWN,
        }


class ConditionRows(StackedRows):
    model = ComparedCondition
    verbose_name_plural = "conditions, in the order of the columns"
    autocomplete_fields = ("condition",)
    fields = ("condition", "position")
    max_num = 4


class _TextRows(StackedRows):
    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("lead", "text") and field is not None:
            field.help_text = MARKDOWN
        return field


class SectionRows(_TextRows):
    model = Section
    autocomplete_fields = ("topic", "rests_on")
    fields = ("heading", "topic", "lead", "verdict", "rests_on", "position")
    classes = ("collapse",)


class PointRows(_TextRows):
    model = Point
    autocomplete_fields = ("topic", "citations", "rests_on")
    fields = ("text", "kind", "topic", "citations", "rests_on", "position")
    classes = ("collapse",)


@admin.register(Comparison)
class ComparisonAdmin(PictureItemMixin, ReviewedItemAdmin):
    form = ComparisonForm
    inlines = (ConditionRows, SectionRows, PointRows)
    item_columns = ("title", "slug")
    item_filters = (("conditions", RelatedListFilter), ("sections__topic", admin.RelatedOnlyFieldListFilter))
    search_fields = ("slug", "title", "answer", "conditions__name")
    fieldsets = (
        (None, {"fields": ("title", "slug", "answer", "summary")}),
        PICTURE_FIELDSET,
        ("For editors and reviewers", {"fields": ("note",)}),
    )
