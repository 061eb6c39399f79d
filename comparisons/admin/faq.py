"""The admin of FAQs."""

from django.contrib import admin

from comparisons.admin.comparison import MARKDOWN
from comparisons.models import FAQ
from editorial.admin import ItemForm, RelatedListFilter, ReviewedItemAdmin


class FAQForm(ItemForm):
    class Meta:
        model = FAQ
        fields: list[str] = []  # The admin names them.
        help_texts = {
            "slug": "The last part of the page's address. When it changes, the old address leads to the new one.",
            "answer": MARKDOWN,
        }


@admin.register(FAQ)
class FAQAdmin(ReviewedItemAdmin):
    form = FAQForm
    item_columns = ("question", "slug")
    item_filters = (("conditions", RelatedListFilter), ("comparisons", RelatedListFilter))
    search_fields = ("slug", "question", "answer", "conditions__name")
    autocomplete_fields = ("conditions", "comparisons", "citations")
    fieldsets = (
        (None, {"fields": ("question", "slug", "answer", "citations")}),
        ("Where it shows", {"fields": ("conditions", "comparisons", "position")}),
        ("For editors and reviewers", {"fields": ("note",)}),
    )
