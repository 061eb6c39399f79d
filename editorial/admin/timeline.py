"""What happened to an item, on one line of time: versions, decisions and comments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple

from django.db.models import TextChoices
from reversion.models import Version

from editorial.admin.version_texts import VersionReader
from editorial.commenting import label_of
from editorial.differences import Change
from editorial.models import Comment, Decision, ReviewedItem
from editorial.versions import list_versions
from editorial.workflow import Action


class Sort(TextChoices):
    ALL = "all", "All"
    VERSIONS = "versions", "Versions"
    DECISIONS = "decisions", "Decisions"
    COMMENTS = "comments", "Comments"


class Key(NamedTuple):
    """Names one entry; keys sort by time."""

    at: datetime
    sort: str
    pk: int


@dataclass(frozen=True)
class Entry:
    at: datetime
    who: str
    title: str
    comment: str = ""
    changes: list[Change] = field(default_factory=list)
    version: Version | None = None
    is_readable: bool = True
    """Whether the version fits the site's present form, so that it can be compared and restored."""
    decision: Decision | None = None
    remark: Comment | None = None
    is_newest_version: bool = False


def list_keys(item: ReviewedItem, *, sort: Sort = Sort.ALL) -> list[Key]:
    """What happened to the item, of this sort, the newest first."""
    versions = list_versions(item).order_by().values_list("revision__date_created", "pk")
    rows = {
        Sort.VERSIONS: versions,
        Sort.DECISIONS: Decision.objects.filter(review=item.review_id).values_list("at", "pk"),
        Sort.COMMENTS: Comment.objects.filter(review=item.review_id).values_list("at", "pk"),
    }
    return sorted(
        (Key(at, s, pk) for s, found in rows.items() if sort in (Sort.ALL, s) for at, pk in found), reverse=True
    )


def list_entries(item: ReviewedItem, keys: Sequence[Key]) -> list[Entry]:
    """The entries that the keys name, each version with what it changed. The number of queries is constant."""
    pks = {sort: [key.pk for key in keys if key.sort == sort] for sort in Sort}
    decisions = Decision.objects.defer("content").in_bulk(pks[Sort.DECISIONS])
    remarks = Comment.objects.select_related("author", "resolved_by", "thread__author").in_bulk(pks[Sort.COMMENTS])
    made: dict[str, Mapping[int, Entry]] = {
        Sort.VERSIONS: _version_entries(item, pks[Sort.VERSIONS]),
        Sort.DECISIONS: {pk: _decision_entry(decision) for pk, decision in decisions.items()},
        Sort.COMMENTS: {pk: _remark_entry(remark, kind=item.item_kind) for pk, remark in remarks.items()},
    }
    return [made[key.sort][key.pk] for key in keys]


def _version_entries(item: ReviewedItem, pks: Sequence[int]) -> dict[int, Entry]:
    if not pks:
        return {}
    order = list(list_versions(item).values_list("pk", flat=True))
    shown = set(pks)
    before = {pk: older for pk, older in zip_longest(order, order[1:]) if pk in shown}
    wanted = {*before, *(pk for pk in before.values() if pk is not None)}
    rows = list_versions(item).filter(pk__in=wanted).prefetch_related("revision__version_set__content_type")
    versions = {version.pk: version for version in rows}
    reader = VersionReader(item, versions.values())
    return {
        pk: _version_entry(versions[pk], versions.get(older or 0), reader, is_newest=pk == order[0])
        for pk, older in before.items()
    }


def _version_entry(version: Version, older: Version | None, reader: VersionReader, *, is_newest: bool) -> Entry:
    revision = version.revision
    return Entry(
        at=revision.date_created,
        who=revision.user.display_name if revision.user else "Nobody named",
        title="Saved" if older else "First version saved",
        comment=revision.get_comment(),
        changes=reader.list_changes(older, version),
        version=version,
        is_readable=reader.is_readable(version),
        is_newest_version=is_newest,
    )


def _decision_entry(decision: Decision) -> Entry:
    return Entry(
        at=decision.at,
        who=", ".join(filter(None, [decision.actor_name, decision.actor_credentials, decision.actor_specialty])),
        title=_TITLES[Action(decision.action)],
        comment=decision.comment,
        decision=decision,
    )


def _remark_entry(remark: Comment, *, kind: str) -> Entry:
    label = label_of(kind, remark.field)
    about = f"Comment on “{label}”" if label else "Comment"
    title = f"Answer to {remark.thread.author.display_name}" if remark.thread else about
    return Entry(at=remark.at, who=remark.author.display_name, title=title, remark=remark)


_TITLES = {
    Action.SUBMIT: "Submitted for review",
    Action.APPROVE: "Approved",
    Action.REQUEST_CHANGES: "Changes requested",
    Action.RETIRE: "Retired",
    Action.CONFIRM: "Confirmed",
    Action.RESTORE: "Restored an old version as a draft",
    Action.SCHEDULE: "Approved for later",
    Action.UNSCHEDULE: "Schedule cancelled",
    Action.WAIVE: "A check was waived",
}
