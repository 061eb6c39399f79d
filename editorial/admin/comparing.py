"""Two versions of an item side by side, or a version beside what is live."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from reversion.models import Version

from editorial.admin.history import get_visible, item_context
from editorial.admin.version_contents import freeze_version
from editorial.admin.version_texts import VersionReader
from editorial.differences import Change, list_changes, load_names
from editorial.models import Decision, ReviewedItem
from editorial.versions import list_versions

LIVE = "live"


@dataclass(frozen=True)
class Side:
    """A version, or what is live, as it is chosen and called."""

    value: str
    name: str
    version: Version | None = None
    is_newest: bool = False


def compare_view(model_admin: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    item = get_visible(model_admin, request, object_id)
    sides = _list_sides(item)
    versions = [side for side in sides.values() if side.version]
    new = _choose(sides, request.GET.get("to", "")) or next(iter(versions), None)
    old = _choose(sides, request.GET.get("from", "")) or sides.get(LIVE) or next(iter(versions[1:]), None)
    problem, changes = _compare(item, old, new)
    context = {
        **item_context(model_admin, request, item),
        "title": f"Compare versions of “{item}”",
        "sides": sides.values(),
        "old": old,
        "new": new,
        "chosen": [side for side in (old, new) if side and side.version and not side.is_newest],
        "problem": problem,
        "changes": changes,
    }
    return TemplateResponse(request, "admin/editorial/item_compare.html", context)


def _list_sides(item: ReviewedItem) -> dict[str, Side]:
    """What there is to choose from, the newest first."""
    sides = [Side(LIVE, "What is live")] if item.review.approval_id else []
    for number, version in enumerate(list_versions(item)):
        revision = version.revision
        who = revision.user.display_name if revision.user else "nobody named"
        name = f"{revision.date_created:%-d %B %Y, %H:%M:%S}, {who}" + ("" if number else " (the working copy)")
        sides.append(Side(str(version.pk), name, version, is_newest=number == 0))
    return {side.value: side for side in sides}


def _choose(sides: dict[str, Side], value: str) -> Side | None:
    """The side of that value; none where none was chosen. Raises Http404 for what is not of this item."""
    if value and value not in sides:
        raise Http404("This item has no such version.")
    return sides.get(value)


def _compare(item: ReviewedItem, old: Side | None, new: Side | None) -> tuple[str, list[Change]]:
    """(why there is nothing to show, what changed)."""
    if old is None or new is None:
        return "Choose two versions to compare.", []
    if old == new:
        return "This is the same version twice. Choose two that differ.", []
    changes = _compare_live(item, old, new) if LIVE in (old.value, new.value) else _compare_versions(item, old, new)
    if changes is None:
        return "One of them was saved by an older form of the site, or names what was deleted since.", []
    return ("" if changes else "They do not differ."), changes


def _compare_versions(item: ReviewedItem, old: Side, new: Side) -> list[Change] | None:
    """Word by word, with the fields that an approval does not bind, such as the note."""
    pks = [side.value for side in (old, new)]
    rows = list_versions(item).filter(pk__in=pks).prefetch_related("revision__version_set__content_type")
    versions = {str(version.pk): version for version in rows}
    reader = VersionReader(item, versions.values())
    if not all(reader.is_readable(version) for version in versions.values()):
        return None
    return reader.list_changes(versions[old.value], versions[new.value])


def _compare_live(item: ReviewedItem, old: Side, new: Side) -> list[Change] | None:
    """By what approvals bind: of what is live there is nothing else."""
    before, after = (_content_of(item, side) for side in (old, new))
    if before is None or after is None:
        return None
    names = load_names([before, after])
    return [row for row in list_changes(before, after, kind=item.item_kind, names=names) if row.is_changed]


def _content_of(item: ReviewedItem, side: Side) -> Any:
    if side.version is not None:
        return freeze_version(side.version, item)
    return Decision.objects.get(pk=item.review.approval_id).content["content"]
