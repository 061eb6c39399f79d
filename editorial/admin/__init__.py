"""The admin: its base for reviewed items, the staff's accounts, and the record."""

from django.contrib import admin

from editorial.admin import accounts, mails, records  # noqa: F401
from editorial.admin.configuration import DefinitionAdmin
from editorial.admin.forms import ItemForm
from editorial.admin.inlines import StackedRows
from editorial.admin.item import ReviewedItemAdmin
from editorial.admin.lists import RelatedListFilter
from editorial.admin.pictures import PICTURE_FIELDSET, PictureForm, PictureItemMixin

admin.site.site_title = admin.site.site_header = "Editing and review"
admin.site.index_title = "Content and settings"

__all__ = [
    "PICTURE_FIELDSET",
    "DefinitionAdmin",
    "ItemForm",
    "PictureForm",
    "PictureItemMixin",
    "RelatedListFilter",
    "ReviewedItemAdmin",
    "StackedRows",
]
