"""Reading editions: all that the public side asks of the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT, KeyTransform

from editorial.models import Edition
from editorial.models.edition import find_path
from editorial.not_shown import Moved, NotPublished, NotYetPublished, Withdrawn
from editorial.preparing import list_newest_for
from editorial.standing import gone, order_standing, order_with_state, stands, with_state, with_withdrawal
from editorial.surrogate_keys import note, note_list, note_page


def get_current(kind: str, slug: str, *, use: str = "") -> Edition:
    """The public edition. One query, or two when there is none under this slug.

    `use` as for `preparing.list_newest_for`. Raises Withdrawn, Gone, Moved or NotPublished.
    """
    edition = order_with_state(list_newest_for(use)).filter(kind=kind, slug=slug).first()
    if edition is None:
        former = Edition.objects.filter(kind=kind, slug=slug).order_by("-pk").values_list("subject_id", flat=True)
        edition = Edition.objects.current().filter(kind=kind, subject_id__in=former[:1]).first()
        if edition is None:
            raise NotPublished(f"{kind} {slug}")
        if not edition.is_withdrawn:
            raise Moved(edition.slug)
    if edition.is_withdrawn:
        raise Withdrawn(edition)
    return note_page(_check(edition))


def get_as_of(kind: str, slug: str, day: date) -> tuple[Edition, Edition]:
    """(current edition, edition that was public at the end of that day, UTC). One query when both are public.

    The page must be public now, for what was withdrawn stays so. Raises as get_current does, and NotYetPublished.
    """
    before = Edition.objects.filter(kind=OuterRef("kind"), subject_id=OuterRef("subject_id"))
    newest = before.filter(published_at__date__lte=day).order_by("-number").values("number")[:1]
    current, edition = _get_two(kind, slug, Q(number=Subquery(newest)))
    if current.published_at.date() <= day:
        edition = current
    if edition is None:
        line = Edition.objects.filter(kind=kind, subject_id=current.subject_id).order_by("number")
        raise NotYetPublished(line.values_list("published_at", flat=True)[0])
    return current, _check(edition)


def get_numbered(kind: str, slug: str, number: int) -> tuple[Edition, Edition]:
    """(current edition, edition with that number) of the public subject. One query when both are public.

    Raises Withdrawn when the page was withdrawn at or after that number, Gone, NotPublished, or Moved.
    """
    current, edition = _get_two(kind, slug, Q(number=number))
    if current.number == number:
        edition = current
    if edition is None:
        raise NotPublished(f"{kind} {slug} edition {number}")
    return current, _check(edition)


def get_with_previous(kind: str, slug: str, number: int) -> tuple[Edition, Edition, Edition | None]:
    """(current edition, edition with that number, the one before it, if readers may see that). One query.

    Raises as get_numbered does.
    """
    public = Edition.objects.public().filter(kind=kind, slug=slug).values("subject_id")
    line = with_state(Edition.objects.filter(kind=kind, subject_id__in=public))
    found = list(line.filter(Q(is_current=True) | Q(number=number) | Q(number=number - 1)))
    current = next((edition for edition in found if edition.is_current), None)
    current = note_page(_check(current)) if current else get_current(kind, slug)
    by_number = {edition.number: edition for edition in found}
    if number not in by_number:
        raise NotPublished(f"{kind} {slug} edition {number}")
    previous = by_number.get(number - 1)
    is_readable = previous is not None and previous.withdrawn_at is None and previous.stands
    return current, _check(by_number[number]), previous if is_readable else None


def _get_two(kind: str, slug: str, chosen: Q) -> tuple[Edition, Edition | None]:
    """(current, chosen edition that is not the current one). Raises as get_current does."""
    public = Edition.objects.public().filter(kind=kind, slug=slug).values("subject_id")
    line = with_state(Edition.objects.filter(kind=kind, subject_id__in=public))
    found = list(line.filter(Q(is_current=True) | chosen))
    current = next((edition for edition in found if edition.is_current), None)
    if current is None:
        current = get_current(kind, slug)  # Says by its refusal what became of the page.
    return note_page(_check(current)), next((edition for edition in found if not edition.is_current), None)


def as_of(current: Edition, day: date) -> Edition:
    """The edition of the same subject at the end of that day (UTC). Raises NotYetPublished, Withdrawn or Gone.

    One query, or none where the current edition is that old.
    """
    if current.published_at.date() <= day:
        return current
    line = Edition.objects.filter(kind=current.kind, subject_id=current.subject_id)
    edition = with_state(line.filter(published_at__date__lte=day)).order_by("-number").first()
    if edition is None:
        raise NotYetPublished(line.order_by("number").values_list("published_at", flat=True)[0])
    return _check(edition)


def find_withdrawn_sources(keys: Iterable[str]) -> dict[str, int]:
    """{key: decision id}: sources that were retired, each with the newest decision that retired it.

    What was approved of a source before that decision is withdrawn, from old editions too.
    """
    note("citation")
    rows = Edition.objects.filter(kind="citation", is_withdrawn=True, slug__in=list(keys)).order_by("number")
    return {slug: max(manifest["decisions"], default=0) for slug, manifest in rows.values_list("slug", "manifest")}


def list_public(
    *kinds: str,
    fields: Mapping[str, str],
    ids: Iterable[int] | None = None,
    tag: str = "",
    untagged: Sequence[str] = (),
    where: Q | None = None,
    start: int = 0,
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """One row for each public subject of these kinds: kind, slug, subject_id and `fields`, {name: path in the content}.

    `ids` keeps the subjects with these Review ids, `tag` those with the tag and all of the kinds in `untagged`, `where`
    those that it finds; `start` and `limit` a stretch of them. In one query, without whole contents.
    """
    rows = _list_readable(*kinds)
    rows = rows if ids is None else rows.filter(subject_id__in=list(ids))
    rows = rows.filter(Q(tags__contains=[tag]) | Q(kind__in=untagged)) if tag else rows
    rows = rows.filter(where) if where is not None else rows
    paths = _find_paths(fields)
    listed = rows.order_by("kind", "slug").values("kind", "slug", "subject_id", **paths)
    return note_list(kinds, list(listed if limit is None else listed[start : start + limit]))


def count_public(kind: str, *, by: str) -> dict[str, int]:
    """{value: how many public subjects of the kind have it}, of a path in the content. One query."""
    rows = _list_readable(kind).order_by().values(value=KT(f"summary__{by}")).annotate(count=Count("pk"))
    note_list([kind], [])
    return {value or "": count for value, count in rows.values_list("value", "count")}


def list_newest(*kinds: str, fields: Mapping[str, str], limit: int) -> list[dict[str, Any]]:
    """The public subjects that changed last, newest first: as `list_public`, with change_note and published_at."""
    rows = _list_readable(*kinds)
    paths = _find_paths(fields)
    listed = rows.values("kind", "slug", "subject_id", "change_note", "published_at", **paths)
    return note_list(kinds, list(listed.order_by("-published_at", "kind", "slug")[:limit]))


def list_updates(
    *kinds: str, tag: str = "", only_corrections: bool = False, start: int = 0, limit: int
) -> list[Edition]:
    """Editions of these kinds, newest first and without their content, but none of before a withdrawal of its page.

    A withdrawal itself is among them, with `is_withdrawn`. `tag` keeps the editions with this tag. One query.
    """
    rows = Edition.objects.filter(kind__in=kinds)
    rows = rows.filter(tags__contains=[tag]) if tag else rows
    rows = rows.exclude(corrects=[]) if only_corrections else rows
    readable = with_withdrawal(rows).filter(Q(is_withdrawn=True) | Q(withdrawn_at=None) & stands())
    ordered = readable.order_by("-published_at", "-pk").defer("content", "tags", "manifest")
    return note_list(kinds, list(ordered[start : start + limit]))


def read_public(kind: str, slugs: Iterable[str]) -> dict[str, dict[str, Any]]:
    """{slug: content} of those of these subjects that are public. One query."""
    rows = _list_readable(kind).filter(slug__in=list(slugs))
    found = dict(rows.values_list("slug", "content"))
    note(kind, found)
    return found


def list_dated(
    *kinds: str, fields: Mapping[str, str], where: Q | None = None, start: int = 0, limit: int | None = None
) -> list[dict[str, Any]]:
    """As `list_public`, with content_changed_at."""
    rows = _list_readable(*kinds).order_by("kind", "slug")
    rows = rows.filter(where) if where is not None else rows
    if limit is not None:
        # Of what is skipped no more is read than what it is sorted by and whether it stands.
        rows = Edition.objects.filter(pk__in=rows.values("pk")[start : start + limit]).order_by("kind", "slug")
    paths = _find_paths(fields)
    return note_list(kinds, list(rows.values("kind", "slug", "subject_id", "content_changed_at", **paths)))


def find_newest_date() -> datetime | None:
    """When something last became public, or ceased to be. One query."""
    return Edition.objects.aggregate(newest=Max("published_at"))["newest"]


def list_current(where: Q, *, use: str = "") -> list[Edition]:
    """The current editions that `where` finds, tombstones of withdrawn pages among them. One query. `use` as above.

    But none that is withdrawn only with what it stands on.
    """
    found = order_standing(list_newest_for(use)).filter(where)
    return [edition if edition.is_withdrawn else note_page(edition) for edition in found]


def count_all(*kinds: str) -> int:
    """How many public subjects of these kinds there are. One query."""
    note_list(kinds, [])
    return _list_readable(*kinds).count()


def list_some(kind: str, *, start: int, limit: int, by: Sequence[str] = ()) -> list[Edition]:
    """A stretch of the public editions of the kind, by these fields of the summary, then by slug. One query.

    Each has `total`, the count of all of them.
    """
    total = _list_readable(kind).order_by().values("kind").annotate(count=Count("pk")).values("count")
    rows = _list_readable(kind).with_report_outcomes().annotate(total=Subquery(total))
    rows = rows.order_by(*(f"summary__{name}" for name in by), "slug")
    return note_list([kind], list(rows[start : start + limit]))


def find_former(kind: str, slugs: Iterable[str]) -> dict[str, int]:
    """{slug: subject_id} for slugs under which a subject is or once was public; the last to use it wins. One query."""
    rows = Edition.objects.filter(kind=kind, slug__in=list(slugs)).order_by("pk")
    return dict(rows.values_list("slug", "subject_id"))


def ever_tagged(kind: str, tag: str) -> Q:
    """Finds the subjects of this kind of which some edition has the tag."""
    tagged = Edition.objects.filter(kind=kind).tagged(tag)
    return Q(kind=kind, subject_id__in=tagged.values("subject_id"))


@dataclass(frozen=True)
class Dated:
    """A subject as it is now and as it was on a day."""

    current: Edition
    then: Edition | None
    """None when it had no public page on that day, or when that page was withdrawn since."""


def list_as_of(where: Q, day: date) -> list[Dated]:
    """The subjects that `where` finds by kind and subject_id, now and at the end of that day (UTC). One query."""
    found = Edition.objects.filter(where, Q(is_current=True) | Q(published_at__date__lte=day))
    rows = with_state(found).order_by("kind", "subject_id", "is_current", "-number")
    lines: dict[tuple[str, int], list[Edition]] = {}
    for edition in rows.distinct("kind", "subject_id", "is_current"):
        lines.setdefault((edition.kind, edition.subject_id), []).append(edition)
    return [_dated(line, day) for line in lines.values()]


def _dated(line: list[Edition], day: date) -> Dated:
    *older, current = line
    then = current if current.published_at.date() <= day else next(iter(older), None)
    is_readable = then is not None and then.withdrawn_at is None and then.stands and current.stands
    return Dated(note_page(current) if is_readable else current, then if is_readable else None)


def has_demonstration() -> bool:
    """Whether a public page stands on an approval by a demonstration account."""
    return Edition.objects.public().filter(summary__is_demonstration=True).exists()


def _find_paths(fields: Mapping[str, str]) -> dict[str, KeyTransform]:
    return {name: find_path(path) for name, path in fields.items()}


@lru_cache
def _list_readable(*kinds: str) -> QuerySet[Edition]:
    """Built once, for building takes as long as asking."""
    return Edition.objects.public().filter(stands(), kind__in=kinds)


def _check(edition: Edition) -> Edition:
    if edition.withdrawn_at is not None:
        raise Withdrawn(edition, at=edition.withdrawn_at)
    if not edition.stands:
        raise gone(edition.kind)
    return edition
