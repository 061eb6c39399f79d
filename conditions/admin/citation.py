from typing import Any

from django import forms
from django.contrib import admin

from conditions.admin.fields import AuthorsField
from conditions.models import Citation
from conditions.sheets.admin import SheetMixin
from conditions.sheets.citations import CitationResource
from editorial.admin import ItemForm, RelatedListFilter, ReviewedItemAdmin


class CitationForm(ItemForm):
    authors = AuthorsField(
        max_line=200,
        rows=6,
        required=False,
        help_text="One on each line: “Family, Given”, or “Organization: Name”.",
    )
    constraint_messages = {
        "conditions_citation_issued_is_date": ("issued", "Write the date as 2024, 2024-05 or 2024-05-31."),
        "conditions_citation_not_superseded_by_itself": ("superseded_by", "A source cannot supersede itself."),
    }

    class Meta:
        model = Citation
        fields: list[str] = []  # The admin names them.
        help_texts = {
            "key": "Short and lasting, such as smith-2020. Texts cite the source by it, so it never changes.",
            "issued": "A year, or a date as 2024-05-31.",
            "authors_complete": "Untick it when the list stops before the last author.",
            "superseded_by": "The newer source that replaces this one.",
        }


@admin.register(Citation)
class CitationAdmin(SheetMixin, ReviewedItemAdmin):
    sheet = CitationResource
    form = CitationForm
    item_columns = ("key", "title", "type", "integrity")
    item_filters = ("integrity", "type", "evidence", ("facts__condition", RelatedListFilter))
    search_fields = ("key", "title", "container_title", "doi", "pmid", "pmcid")
    autocomplete_fields = ("superseded_by",)
    fieldsets = (
        (None, {"fields": ("key", "type", "title", "authors", "authors_complete")}),
        ("Where it appeared", {"fields": ("container_title", "publisher", "issued", ("volume", "issue", "page"))}),
        ("Where to find it", {"fields": (("doi", "pmid", "pmcid"), "url", "accessed")}),
        ("What it is worth", {"fields": ("evidence", "integrity", "superseded_by")}),
        ("For editors and reviewers", {"fields": ("note",)}),
    )

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "title" and field is not None:
            field.widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
        return field
