"""The admin of reviewed items: every save is one revision, and the editorial state is the actions' alone."""

from typing import Any

import reversion
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, connection, models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from editorial import permissions
from editorial.admin import comparing, copying, deleting, history, rebasing, submitting, used
from editorial.admin.conflict import find_conflict, list_clashes
from editorial.admin.forms import RECORD_FIELDS, ItemForm
from editorial.admin.inlines import without_deletion
from editorial.admin.lists import ITEM_COLUMNS, ITEM_FILTERS, ItemColumns
from editorial.admin.panel import build_panel, mark_fields
from editorial.admin.urls import change_url
from editorial.models import Review, ReviewedItem
from editorial.registry import find_child, get_kind
from editorial.workflow import Action

_RECORD = ("For the history", {"fields": RECORD_FIELDS})


class ReviewedItemAdmin(ItemColumns, admin.ModelAdmin):
    """Base of the admins of all reviewed items."""

    form = ItemForm
    actions = None
    view_on_site = False
    list_per_page = 50
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_select_related = ("review",)
    change_form_template = "admin/editorial/item_change_form.html"

    item_columns: tuple[str, ...] = ("__str__",)
    """What the list shows before where the item stands."""
    item_filters: tuple[Any, ...] = ()

    class Media:
        js = ("editorial/autocomplete.js",)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return (*self.item_columns, *ITEM_COLUMNS)

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        return (*ITEM_FILTERS, *self.item_filters)

    def get_fieldsets(self, request: HttpRequest, obj: ReviewedItem | None = None) -> list[Any]:
        fieldsets = list(super().get_fieldsets(request, obj))
        may_save = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [*fieldsets, _RECORD] if may_save else fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: ReviewedItem | None = None) -> list[str]:
        fixed = get_kind(self.opts.model_name).fixed_fields if obj else ()
        names = [field.name for field in self.opts.concrete_fields if {field.name, field.attname} & set(fixed)]
        return [*super().get_readonly_fields(request, obj), *names]

    def get_form(self, request: HttpRequest, obj: ReviewedItem | None = None, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        form.conflict = getattr(request, "editing_conflict", None)
        return form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = without_deletion(super().formfield_for_dbfield(db_field, request, **kwargs))
        if isinstance(db_field, models.TextField) and field is not None:
            field.widget.attrs["rows"] = 3 if db_field.name == "note" else 6
        return field

    # Saving

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            response = self._save(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody took the same key or place at the same moment. The second look finds it, and says so.
            response = self._save(request, object_id, form_url, extra_context)
        saved = getattr(request, "saved_item", None)
        if saved is not None and "_submit" in request.POST:
            # The save is committed by now: a refused submission takes nothing back.
            submitting.submit_saved(request, saved, comment=request.change_comment)
        return response

    def _save(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any) -> HttpResponse:
        with reversion.create_revision():
            reversion.set_user(request.user)
            if object_id is not None:
                self._notice_conflict(request, object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _notice_conflict(self, request: HttpRequest, object_id: str) -> None:
        """Locks the item's Review, so that of two saves at once the second sees what the first one saved."""
        item = self.get_object(request, unquote(object_id))
        if item is None or not self.has_change_permission(request, item):
            return
        Review.objects.select_for_update(no_key=True).get(pk=item.review_id)
        conflict = find_conflict(item, loaded=request.POST.get("loaded_state", ""), by=request.user)
        if conflict is not None:
            request.editing_conflict = conflict
            request.POST = self._rebase(request, item)

    def _rebase(self, request: HttpRequest, item: ReviewedItem) -> Any:
        data = request.POST.copy()
        for formset_class, inline in self.get_formsets_with_inlines(request, item):
            saved = formset_class(instance=item, prefix=formset_class.get_default_prefix())
            rebasing.rebase(data, saved, identity=find_child(inline.model)[1].identity.removesuffix("_id"))
        return data

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        connection.check_constraints()  # Now, not at the commit: nothing may be announced that fails then.
        request.saved_item = form.instance
        request.change_comment = form.cleaned_data.get("change_comment", "")

    def log_addition(self, request: HttpRequest, obj: ReviewedItem, message: Any) -> Any:
        entry = super().log_addition(request, obj, message)
        reversion.set_comment(request.change_comment or entry.get_change_message())
        return entry

    def log_change(self, request: HttpRequest, obj: ReviewedItem, message: Any) -> Any:
        entry = super().log_change(request, obj, message)
        reversion.set_comment(request.change_comment or entry.get_change_message())
        return entry

    def response_add(self, request: HttpRequest, obj: ReviewedItem, post_url_continue: str | None = None) -> Any:
        if "_submit" in request.POST:
            return HttpResponseRedirect(change_url(obj))
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: ReviewedItem) -> HttpResponse:
        if "_submit" in request.POST:
            return HttpResponseRedirect(change_url(obj))
        return super().response_change(request, obj)

    # The page

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: ReviewedItem | None = None, **kwargs: Any
    ) -> HttpResponse:
        formsets = [shown.formset for shown in context["inline_admin_formsets"]]
        form = context["adminform"].form
        may_save = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        panel = build_panel(obj, can_edit=may_save) if obj else None
        if panel is not None and request.user.has_perm("editorial.view_review"):
            mark_fields(form, panel)
        context |= {
            "panel": panel,
            "clashes": list_clashes(form, formsets) if getattr(request, "editing_conflict", None) else [],
            "can_save": may_save,
            "touched_choices": submitting.TOUCHED,
            "touched": request.POST.get("proposed_materiality", obj.review.proposed_materiality if obj else ""),
            "can_submit": may_save and permissions.can(request.user, Action.SUBMIT, self.model),
            "can_copy": obj is not None and self.has_add_permission(request),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # Deleting, copying, history

    def has_delete_permission(self, request: HttpRequest, obj: ReviewedItem | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not deleting.is_decided(obj))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        item = self.get_object(request, unquote(object_id))
        reason = deleting.find_reason_against(item) if item and super().has_delete_permission(request, item) else ""
        if not reason:
            try:
                return super().delete_view(request, object_id, extra_context)
            except IntegrityError:
                reason = deleting.TAKEN_INTO_USE.format(item)
        messages.error(request, reason)
        return HttpResponseRedirect(change_url(item))

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/copy/", wrap(self.copy_view), name=f"{name}_copy"),
            path("<path:object_id>/used/", wrap(self.used_view), name=f"{name}_used"),
            path("<path:object_id>/compare/", wrap(self.compare_view), name=f"{name}_compare"),
            path("<path:object_id>/restore/<int:version_id>/", wrap(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return copying.copy_view(self, request, object_id)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return history.history_view(self, request, object_id)

    def used_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return used.used_view(self, request, object_id)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return comparing.compare_view(self, request, object_id)

    def restore_view(self, request: HttpRequest, object_id: str, version_id: int) -> HttpResponse:
        return history.restore_view(self, request, object_id, version_id)


__all__ = ["ReviewedItemAdmin"]
