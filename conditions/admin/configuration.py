from django.contrib import admin

from conditions.models import Measure, StyleRule, Topic
from editorial.admin import DefinitionAdmin


@admin.register(Topic)
class TopicAdmin(DefinitionAdmin):
    list_display = ("name", "question", "aspect", "position", "in_table", "review_months")
    list_filter = ("in_table",)
    search_fields = ("slug", "name", "question")


@admin.register(Measure)
class MeasureAdmin(DefinitionAdmin):
    list_display = ("name", "unit", "plausible_low", "plausible_high", "display")
    list_filter = ("display",)
    search_fields = ("slug", "name", "unit")


@admin.register(StyleRule)
class StyleRuleAdmin(admin.ModelAdmin):
    actions = None
    list_display = ("slug", "pattern", "message")
    search_fields = ("slug", "pattern", "message")
