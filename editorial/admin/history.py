"""The history of an item, and the way back to an old version."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from editorial import actions, permissions
from editorial.admin.timeline import Sort, list_entries, list_keys
from editorial.admin.urls import change_url, history_url
from editorial.errors import EditorialError
from editorial.models import ReviewedItem
from editorial.versions import list_versions
from editorial.workflow import Action

_PER_PAGE = 30


def history_view(model_admin: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    item = get_visible(model_admin, request, object_id)
    asked = request.GET.get("show", Sort.ALL)
    sort = Sort(asked) if asked in Sort.values else Sort.ALL
    page = Paginator(list_keys(item, sort=sort), _PER_PAGE).get_page(request.GET.get("p", "1"))
    context = {
        **item_context(model_admin, request, item),
        "title": f"History of “{item}”",
        "problem": "" if asked in Sort.values else f"There is no list “{asked[:40]}”. All is shown.",
        "sort": sort,
        "sorts": Sort,
        "page": page,
        "page_query": urlencode({"show": sort.value}),
        "entries": list_entries(item, page.object_list),
        "is_live": item.review.approval_id is not None,
    }
    return TemplateResponse(request, "admin/editorial/item_history.html", context)


def restore_view(model_admin: ModelAdmin, request: HttpRequest, object_id: str, version_id: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    item = _get_item(model_admin, request, object_id)
    if not model_admin.has_change_permission(request, item):
        raise PermissionDenied
    version = get_object_or_404(list_versions(item), pk=version_id)
    try:
        actions.restore(item, version=version, by=request.user)
    except EditorialError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(history_url(item))
    saved_on = f"{version.revision.date_created:%-d %B %Y, %H:%M}"
    messages.success(request, f"The version of {saved_on} is the working copy now. What readers see did not change.")
    return HttpResponseRedirect(change_url(item))


def get_visible(model_admin: ModelAdmin, request: HttpRequest, object_id: str) -> Any:
    """The item with this number. Raises Http404, and PermissionDenied for a person who may not see it."""
    item = _get_item(model_admin, request, object_id)
    if not model_admin.has_view_or_change_permission(request, item):
        raise PermissionDenied
    return item


def item_context(model_admin: ModelAdmin, request: HttpRequest, item: ReviewedItem) -> dict[str, Any]:
    """What every page about one item in the admin needs."""
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "item": item,
        "can_restore": permissions.can(request.user, Action.RESTORE, type(item))
        and model_admin.has_change_permission(request, item),
    }


def _get_item(model_admin: ModelAdmin, request: HttpRequest, object_id: str) -> Any:
    item = model_admin.get_object(request, unquote(object_id))
    if item is None:
        raise Http404(f"There is no {model_admin.opts.verbose_name} with this number.")
    return item
