"""The admin's pages of an import (upload, dry run, confirmation) and of an export."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from conditions.models import SheetUpload
from conditions.sheets.exporting import FORMATS, export
from conditions.sheets.forms import ConfirmForm, ExportForm, UploadForm
from conditions.sheets.importing import Outcome, apply, preview
from conditions.sheets.problems import Problem, SheetRefused, TooManyRows
from conditions.sheets.reading import read_table
from conditions.sheets.uploads import MOST_ROWS, find_upload, keep_upload, read_upload

_MOST_PROBLEMS = 300


def import_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Asks for a file. One without a mistake is kept, and its dry run shown."""
    _check_may_import(model_admin, request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        file = {"name": form.file_name, "encoding": form.cleaned_data["encoding"]}
        try:
            _check(model_admin, request, content, file)
        except SheetRefused as refusal:
            problems = _with_command(refusal, model_admin)
        else:
            upload = keep_upload(content, **file, sheet=model_admin.sheet, by=request.user)
            return HttpResponseRedirect(_url(model_admin, "import_confirm", upload.pk))
    context = {"adminform": _admin_form(form, model_admin), "errors": form.errors, **_shown(problems)}
    status = 400 if request.method == "POST" else 200
    return _render(model_admin, request, "sheet_import.html", context, verb="Import", status=status)


def confirm_view(model_admin: Any, request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Shows what the uploaded file would change; sent back, it is done."""
    _check_may_import(model_admin, request)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    problems: list[Problem] = []
    with transaction.atomic():
        is_confirmed = request.method == "POST" and form.is_valid()
        upload = find_upload(upload_id, sheet=model_admin.sheet, by=request.user, lock=is_confirmed)
        if upload is None:
            messages.warning(request, "That dry run is over: it was confirmed, or it is older than a day.")
            return HttpResponseRedirect(_url(model_admin, "import"))
        if is_confirmed:
            try:
                return _confirm(model_admin, request, upload, form.cleaned_data["comment"])
            except SheetRefused as refusal:
                problems = refusal.problems
    return _show_preview(model_admin, request, upload, form, problems)


def export_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Asks what to export and how, and sends the file. The parameters of the address are the filters of the list."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    everything = model_admin.get_queryset(request)
    filtered, filters = _filter(model_admin, request)
    choices = [("all", f"All: {everything.count()}")]
    if filters:
        choices.insert(0, ("filtered", f"Those of the list as it was filtered: {filtered.count()}"))
    is_sent = f"{ExportForm.prefix}-file" in request.GET
    form = ExportForm(request.GET if is_sent else None, initial={"rows": choices[0][0], "file": "xlsx"})
    form.fields["rows"].choices = choices
    problems: list[Problem] = []
    if is_sent and form.is_valid():
        items = filtered if form.cleaned_data["rows"] == "filtered" else everything
        try:
            return _send(model_admin, items, form.cleaned_data["file"])
        except SheetRefused as refusal:
            problems = refusal.problems
    context = {"form": form, "filters": list(filters.lists()), **_shown(problems)}
    status = 400 if problems or form.errors else 200
    return _render(model_admin, request, "sheet_export.html", context, verb="Export", status=status)


# Import


def _check_may_import(model_admin: Any, request: HttpRequest) -> None:
    if not model_admin.may_import(request):
        raise PermissionDenied


def _check(model_admin: Any, request: HttpRequest, content: bytes, file: dict[str, str]) -> Outcome:
    columns = model_admin.sheet().get_headers()
    table = read_table(content, **file, columns=columns, most_rows=MOST_ROWS)
    return preview(table, model_admin.sheet, by=request.user, keep_lines=False)


def _with_command(refusal: SheetRefused, model_admin: Any) -> list[Problem]:
    if not isinstance(refusal, TooManyRows):
        return refusal.problems
    name = model_admin.opts.verbose_name_plural
    command = f"manage.py import_sheet {name} FILE --by USERNAME"
    return [Problem(f"{refusal} That is too much to read on one page. Split it, or have it imported with “{command}”.")]


def _confirm(model_admin: Any, request: HttpRequest, upload: SheetUpload, comment: str) -> HttpResponse:
    table = read_upload(upload, model_admin.sheet)
    note = f"{comment} (Imported from {upload.name}.)" if comment else f"Imported from {upload.name}."
    outcome = apply(table, model_admin.sheet, by=request.user, comment=note)
    upload.delete()
    messages.success(
        request,
        f"Imported from “{upload.name}”: {outcome}. What is new or changed is a draft: submit it for review when it "
        "is ready.",
    )
    return HttpResponseRedirect(f"{_url(model_admin, 'changelist')}?status=draft")


def _show_preview(
    model_admin: Any, request: HttpRequest, upload: SheetUpload, form: ConfirmForm, problems: list[Problem]
) -> HttpResponse:
    outcome = Outcome()
    try:
        if not problems:
            outcome = preview(read_upload(upload, model_admin.sheet), model_admin.sheet, by=request.user)
    except SheetRefused as refusal:
        problems = refusal.problems
    context = {
        "upload": upload,
        "outcome": outcome,
        "new": [line for line in outcome.lines if line.is_new],
        "changed": [line for line in outcome.lines if line.changes and not line.is_new],
        "unchanged": [line for line in outcome.lines if not line.changes],
        "adminform": _admin_form(form, model_admin),
        "errors": form.errors,
        **_shown(problems),
    }
    status = 409 if problems else 400 if form.errors else 200
    return _render(model_admin, request, "sheet_preview.html", context, verb="Dry run: import", status=status)


# Export


def _filter(model_admin: Any, request: HttpRequest) -> tuple[QuerySet, QueryDict]:
    """What the list shows with the filters of the address, and these filters."""
    sent = request.GET
    filters = sent.copy()
    for name in sent:
        if name.startswith(ExportForm.prefix) or name in ("p", "e", "o", "all"):
            del filters[name]
    request.GET = filters
    try:
        return model_admin.get_changelist_instance(request).get_queryset(request), filters
    except IncorrectLookupParameters:
        return model_admin.get_queryset(request), QueryDict()
    finally:
        request.GET = sent


def _send(model_admin: Any, items: QuerySet, suffix: str) -> HttpResponse:
    content = export(items, model_admin.sheet, suffix=suffix)
    name = f"{model_admin.opts.verbose_name_plural}-{timezone.localdate():%Y-%m-%d}.{suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=FORMATS[suffix], headers=headers)


# Pages


def _shown(problems: list[Problem]) -> dict[str, Any]:
    return {"problems": problems[:_MOST_PROBLEMS], "more_problems": max(0, len(problems) - _MOST_PROBLEMS)}


def _admin_form(form: forms.Form, model_admin: Any) -> AdminForm:
    return AdminForm(form, [(None, {"fields": list(form.fields)})], {}, model_admin=model_admin)


def _url(model_admin: Any, page: str, *args: Any) -> str:
    opts = model_admin.opts
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)


def _render(
    model_admin: Any, request: HttpRequest, template: str, context: dict[str, Any], *, verb: str, status: int
) -> HttpResponse:
    title = f"{verb} {model_admin.opts.verbose_name_plural}"
    frame = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "title": title}
    name = f"admin/conditions/{template}"
    return TemplateResponse(request, name, {**frame, **context, "most_rows": MOST_ROWS}, status=status)
