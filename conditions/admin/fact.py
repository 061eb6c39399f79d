from typing import Any

from django import forms
from django.contrib import admin

from conditions.models import Fact, FactCitation
from conditions.sheets.admin import SheetMixin
from conditions.sheets.facts import FactResource
from editorial.admin import ItemForm, RelatedListFilter, ReviewedItemAdmin, StackedRows


class FactForm(ItemForm):
    constraint_messages = {
        "conditions_fact_not_its_own_parent": ("parent", "A fact cannot stand under itself."),
        "conditions_fact_range_in_order": ("high", "A range needs a low and a high end, the lower one first."),
        "conditions_fact_value_or_range": ("value", "Give one value or a range, not both."),
        "conditions_fact_interval_in_order": ("interval_high", "The interval's lower end must come first."),
        "conditions_fact_rule_has_count": ("rule_count", "“At least N of” needs a number of 1 or more."),
    }

    class Meta:
        model = Fact
        fields: list[str] = []  # The admin names them.
        help_texts = {
            "key": "Short and lasting, such as ms-onset-age. Other texts name the fact by it, so it never changes.",
            "condition": "A fact stays with its condition for good. To say the same of another one, make a copy.",
            "group": "Facts of a topic with the same sub-heading stand together.",
            "label": "The words before the colon, such as “Physical therapy”.",
            "text": "The sentence that readers see.",
            "short": "The wording of the table's cell, at most 70 characters.",
            "parent": "The fact under which this one stands in a list or a set of criteria.",
            "rule": "Only for a fact that has others under it: how many of them must be met.",
            "feature": "Such as fatigue, pain, a subtype or an exposure.",
            "counted_from": "From when the time runs.",
        }


class SourceRows(StackedRows):
    model = FactCitation
    verbose_name_plural = "sources"
    autocomplete_fields = ("citation",)
    fields = ("citation", ("locator", "bearing", "position"), "quote")


@admin.register(Fact)
class FactAdmin(SheetMixin, ReviewedItemAdmin):
    sheet = FactResource
    form = FactForm
    inlines = (SourceRows,)
    item_columns = ("__str__", "shown_condition", "topic")
    item_filters = (("condition", RelatedListFilter), "topic", "prominence", "kind", "certainty")
    search_fields = ("key", "label", "text", "short", "group", "condition__name")
    # In the order of an index: by the names of conditions all facts would be sorted for each page.
    ordering = ("condition_id", "topic_id", "position", "pk")
    list_select_related = ("review", "condition", "topic")
    autocomplete_fields = ("condition", "subtype", "topic", "parent", "measure")
    fieldsets = (
        (None, {"fields": ("condition", "key", "topic", "subtype")}),
        ("What it says", {"fields": ("kind", "label", "text", "short", "certainty")}),
        ("Place on the page", {"fields": ("prominence", "group", "parent", ("rule", "rule_count"), "position")}),
        (
            "Number",
            {
                "fields": (
                    "measure",
                    "feature",
                    ("bound", "value"),
                    ("low", "high"),
                    ("interval_low", "interval_high"),
                    "unit",
                    "statistic",
                    "counted_from",
                    ("comparator_label", "comparator_value"),
                    "is_derived",
                ),
                "classes": ("collapse",),
            },
        ),
        (
            "Whom the number is about",
            {"fields": ("population", "sex", "region", "period", "method"), "classes": ("collapse",)},
        ),
        ("For editors and reviewers", {"fields": ("note",)}),
    )

    @admin.display(description="Condition", ordering="condition")
    def shown_condition(self, fact: Fact) -> str:
        return fact.condition.abbreviation or fact.condition.name

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "subtype" and field is not None:
            # A subtype has no page of its own in the admin.
            field.widget.can_view_related = field.widget.can_change_related = False
            field.widget.can_add_related = field.widget.can_delete_related = False
        if isinstance(field, forms.DecimalField):
            # A field of digits that does not change when the mouse wheel turns over it.
            field.widget = forms.TextInput(attrs={"class": "vIntegerField", "inputmode": "decimal"})
        return field
