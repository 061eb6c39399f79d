"""Configuration that reviewed texts rest on: a change to it makes them drafts, and the form says so."""

from typing import Any

import reversion
from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from editorial.registry import get_kind, list_definition_finders


class DefinitionAdmin(admin.ModelAdmin):
    """Base of the admins of what reviewed items include in their content."""

    actions = None
    view_on_site = False
    change_form_template = "admin/editorial/definition_change_form.html"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with reversion.create_revision():
            reversion.set_user(request.user)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        may_change = obj is not None and self.has_change_permission(request, obj)
        context["dependents"] = describe_dependents(obj) if may_change else ""
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def describe_dependents(definition: Any) -> str:
    """“1 comparison and 3 facts”: what rests on this definition; empty when nothing does."""
    counts = [
        (get_kind(name), len(set(pks)))
        for find in list_definition_finders(type(definition))
        for name, pks in find(definition)
    ]
    words = [
        f"{count} {kind.label if count == 1 else kind.model._meta.verbose_name_plural}"
        for kind, count in counts
        if count
    ]
    return " and ".join(words)
