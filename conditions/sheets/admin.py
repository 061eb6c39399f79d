"""Import and export beside the list of a kind of items."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from conditions.sheets import views
from conditions.sheets.base import ItemResource


class SheetMixin:
    """For an admin of reviewed items whose list has the buttons “Import” and “Export”."""

    change_list_template = "admin/conditions/sheet_change_list.html"
    sheet: type[ItemResource]

    def get_urls(self) -> list[URLPattern]:
        opts = self.opts  # type: ignore[attr-defined]
        name = f"{opts.app_label}_{opts.model_name}"

        def wrap(view: Any) -> Any:
            return never_cache(self.admin_site.admin_view(view))  # type: ignore[attr-defined]

        return [
            path("import/", wrap(self.import_view), name=f"{name}_import"),
            path("import/<uuid:upload_id>/", wrap(self.confirm_view), name=f"{name}_import_confirm"),
            path("export/", wrap(self.export_view), name=f"{name}_export"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def may_import(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) or self.has_change_permission(request)  # type: ignore[attr-defined]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {**(extra_context or {}), "may_import": self.may_import(request)}
        return super().changelist_view(request, context)  # type: ignore[misc]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        return views.import_view(self, request)

    def confirm_view(self, request: HttpRequest, upload_id: UUID) -> HttpResponse:
        return views.confirm_view(self, request, upload_id)

    def export_view(self, request: HttpRequest) -> HttpResponse:
        return views.export_view(self, request)
