"""The history of an item, versions and decisions on one line of time, and the way back to an old version."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from reversion.models import Version

from editorial import actions, permissions
from editorial.admin.urls import change_url, history_url
from editorial.admin.version_texts import VersionReader
from editorial.differences import Change
from editorial.errors import EditorialError
from editorial.models import Decision, ReviewedItem
from editorial.versions import list_versions
from editorial.workflow import Action

_PER_PAGE = 30


@dataclass(frozen=True)
class Entry:
    at: datetime
    who: str
    title: str
    comment: str
    changes: list[Change] = field(default_factory=list)
    version: Version | None = None
    """Set where it can be restored."""
    decision: Decision | None = None
    is_newest_version: bool = False


def history_view(model_admin: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    item = _get_item(model_admin, request, object_id)
    if not model_admin.has_view_or_change_permission(request, item):
        raise PermissionDenied
    page = _page_of(item, request.GET.get("p", "1"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"History of “{item}”",
        "opts": model_admin.opts,
        "item": item,
        "page": page,
        "entries": list_entries(item, page.object_list),
        "can_restore": permissions.can(request.user, Action.RESTORE, type(item))
        and model_admin.has_change_permission(request, item),
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


def list_entries(item: ReviewedItem, keys: Sequence[tuple[datetime, str, int]]) -> list[Entry]:
    """The entries that `list_keys` names, each version with what it changed."""
    order = list(list_versions(item).values_list("pk", flat=True))
    shown = {pk for _, what, pk in keys if what == "version"}
    before = {pk: older for pk, older in zip_longest(order, order[1:]) if pk in shown}
    wanted = {*before, *(pk for pk in before.values() if pk is not None)}
    rows = list_versions(item).filter(pk__in=wanted).prefetch_related("revision__version_set__content_type")
    versions = {version.pk: version for version in rows}
    reader = VersionReader(item, versions.values())
    decided = [pk for _, what, pk in keys if what == "decision"]
    decisions = Decision.objects.defer("content").in_bulk(decided)
    return [
        _decision_entry(decisions[pk])
        if what == "decision"
        else _version_entry(versions[pk], versions.get(before[pk]), reader, is_newest=pk == order[0])
        for _, what, pk in keys
    ]


def list_keys(item: ReviewedItem) -> list[tuple[datetime, str, int]]:
    """(time, "version" or "decision", id) of all that happened to the item, newest first."""
    versions = list_versions(item).order_by().values_list("revision__date_created", "pk")
    decisions = Decision.objects.filter(review=item.review_id).values_list("at", "pk")
    keys = [*((at, "version", pk) for at, pk in versions), *((at, "decision", pk) for at, pk in decisions)]
    return sorted(keys, reverse=True)


def _get_item(model_admin: ModelAdmin, request: HttpRequest, object_id: str) -> Any:
    item = model_admin.get_object(request, unquote(object_id))
    if item is None:
        raise Http404(f"There is no {model_admin.opts.verbose_name} with this number.")
    return item


def _page_of(item: ReviewedItem, number: str) -> Page:
    return Paginator(list_keys(item), _PER_PAGE).get_page(number)


def _version_entry(version: Version, older: Version | None, reader: VersionReader, *, is_newest: bool) -> Entry:
    revision = version.revision
    return Entry(
        at=revision.date_created,
        who=revision.user.display_name if revision.user else "Nobody named",
        title="Saved" if older else "First version saved",
        comment=revision.get_comment(),
        changes=reader.list_changes(older, version),
        version=version if reader.is_readable(version) else None,
        is_newest_version=is_newest,
    )


def _decision_entry(decision: Decision) -> Entry:
    return Entry(
        at=decision.at,
        who=", ".join(filter(None, [decision.actor_name, decision.actor_credentials])),
        title=_TITLES[Action(decision.action)],
        comment=decision.comment,
        decision=decision,
    )


_TITLES = {
    Action.SUBMIT: "Submitted for review",
    Action.APPROVE: "Approved",
    Action.REQUEST_CHANGES: "Changes requested",
    Action.RETIRE: "Retired",
    Action.CONFIRM: "Confirmed",
    Action.RESTORE: "Restored an old version as a draft",
}
