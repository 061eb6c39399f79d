"""The admin: its base for reviewed items, the staff's accounts, and the record."""

from django.contrib import admin

from editorial.admin import accounts, records  # noqa: F401
from editorial.admin.configuration import DefinitionAdmin
from editorial.admin.forms import ItemForm
from editorial.admin.inlines import StackedRows
from editorial.admin.item import ReviewedItemAdmin

admin.site.site_title = admin.site.site_header = "Editing and review"
admin.site.index_title = "Content and settings"

__all__ = ["DefinitionAdmin", "ItemForm", "ReviewedItemAdmin", "StackedRows"]
