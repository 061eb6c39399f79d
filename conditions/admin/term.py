from django.contrib import admin

from conditions.models import Term
from editorial.admin import ItemForm, ReviewedItemAdmin
from editorial.admin.fields import RecordsField


class TermForm(ItemForm):
    avoid = RecordsField(
        label="Words to avoid",
        names=("word", "reason"),
        keys=("text", "reason"),
        max_line=400,
        rows=5,
        required=False,
        help_text="One on each line: the word, a colon, the reason. Editors are told when a text uses one.",
    )

    class Meta:
        model = Term
        fields: list[str] = []  # The admin names them.


@admin.register(Term)
class TermAdmin(ReviewedItemAdmin):
    form = TermForm
    item_columns = ("preferred", "abbreviation")
    search_fields = ("slug", "preferred", "abbreviation", "definition")
    autocomplete_fields = ("citations",)
    fieldsets = (
        (None, {"fields": ("preferred", "abbreviation", "slug", "definition", "citations")}),
        ("House style", {"fields": ("avoid",)}),
        ("For editors and reviewers", {"fields": ("note",)}),
    )
