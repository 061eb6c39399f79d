from django.contrib import admin
from django.http import HttpRequest

from conditions.models import Condition, Subtype
from editorial.admin import PICTURE_FIELDSET, PictureForm, PictureItemMixin, ReviewedItemAdmin, StackedRows
from editorial.admin.fields import LinesField, MappingField


class ConditionForm(PictureForm):
    also_known_as = LinesField(max_line=150, required=False, help_text="Other names, one on each line.")
    icd10_detail = MappingField(
        label="ICD-10 subcodes",
        names=("code", "name"),
        max_line=250,
        required=False,
        help_text="One on each line: the code, a colon, the name. For example, “M34.1: CREST syndrome”.",
    )
    constraint_messages = {
        "conditions_condition_not_its_own_parent": ("parent", "A condition cannot be a form of itself."),
        "conditions_condition_picture_in_words": ("picture_alt", "Say in words what the picture shows."),
    }

    class Meta:
        model = Condition
        fields: list[str] = []  # The admin names them.
        help_texts = {
            "slug": "The last part of the page's address. When it changes, the old address leads to the new one.",
            "parent": "Only where this condition is a form of another one.",
            "evidence_searched_on": "The day on which the literature was searched last.",
            "position": "Conditions are listed in this order.",
        }


class SubtypeRows(StackedRows):
    model = Subtype
    autocomplete_fields = ("citations",)
    fields = ("name", "abbreviation", "slug", "definition", "citations", "is_separate", "position")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Condition)
class ConditionAdmin(PictureItemMixin, ReviewedItemAdmin):
    form = ConditionForm
    inlines = (SubtypeRows,)
    item_columns = ("name", "abbreviation")
    search_fields = ("slug", "name", "abbreviation", "also_known_as")
    autocomplete_fields = ("parent", "definition_citations", "codes_citations")
    fieldsets = (
        (None, {"fields": ("name", "abbreviation", "slug", "also_known_as")}),
        ("What it is", {"fields": ("definition", "definition_citations", "category", "body_system", "parent")}),
        ("Codes", {"fields": (("icd10", "icd11"), "icd10_detail", ("mesh", "omim"), "codes_citations")}),
        ("Page", {"fields": ("evidence_searched_on", "position")}),
        PICTURE_FIELDSET,
        ("For editors and reviewers", {"fields": ("note",)}),
    )


@admin.register(Subtype)
class SubtypeAdmin(admin.ModelAdmin):
    """Only for finding subtypes while typing; they are edited on the page of their condition."""

    search_fields = ("name", "abbreviation", "condition__name")

    def get_urls(self) -> list:
        return []

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False
