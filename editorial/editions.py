"""Reading editions: all that the public side asks of the database."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from editorial.models import Edition


class NotPublished(Exception):
    """There is no such public page."""


class Withdrawn(Exception):
    """The page was public and is no more; readers get a notice (HTTP 410)."""

    def __init__(self, edition: Edition, *, at: datetime | None = None) -> None:
        self.edition = edition
        super().__init__(f"This page was withdrawn on {at or edition.published_at:%-d %B %Y}.")


class Moved(Exception):
    """The subject is public under another slug."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        super().__init__(slug)


class NotYetPublished(Exception):
    """On that day the subject had no public page yet; `first` says since when it has one."""

    def __init__(self, first: datetime) -> None:
        self.first = first
        super().__init__(f"This page was first published on {first:%-d %B %Y}.")


def get_current(kind: str, slug: str) -> Edition:
    """The public edition. One query, or two when there is none under this slug.

    Raises Withdrawn, Moved or NotPublished.
    """
    edition = Edition.objects.current().filter(kind=kind, slug=slug).order_by("is_withdrawn", "-pk").first()
    if edition is None:
        former = Edition.objects.filter(kind=kind, slug=slug).order_by("-pk").values_list("subject_id", flat=True)
        edition = Edition.objects.current().filter(kind=kind, subject_id__in=former[:1]).first()
        if edition is None:
            raise NotPublished(f"{kind} {slug}")
        if not edition.is_withdrawn:
            raise Moved(edition.slug)
    if edition.is_withdrawn:
        raise Withdrawn(edition)
    return edition


def get_as_of(kind: str, slug: str, day: date) -> Edition:
    """The edition that was public at the end of that day. The page must be public now, for what was withdrawn stays so.

    Raises Withdrawn, Moved, NotPublished or NotYetPublished.
    """
    current = get_current(kind, slug)
    return as_of(current, day)


def as_of(current: Edition, day: date) -> Edition:
    """The edition of the same subject at the end of that day (UTC). Raises NotYetPublished or Withdrawn.

    One query, or none where the current edition is that old.
    """
    if current.published_at.date() <= day:
        return current
    edition = _line(current).filter(published_at__date__lte=day).order_by("-number").first()
    if edition is None:
        raise NotYetPublished(_line(current).order_by("number").values_list("published_at", flat=True)[0])
    return _check_not_withdrawn(edition)


def list_history(current: Edition) -> list[Edition]:
    """All editions of the subject since it was last withdrawn, newest first, without their content."""
    line = Edition.objects.filter(kind=current.kind, subject_id=current.subject_id).order_by("-number")
    editions = []
    for edition in line.defer("content", "search_vector"):
        if edition.is_withdrawn:
            break
        editions.append(edition)
    return editions


def get_numbered(current: Edition, number: int) -> Edition:
    """An old edition of the subject. Raises NotPublished, or Withdrawn when the page was withdrawn after it.

    One query, or none for the current one.
    """
    if number == current.number:
        return current
    edition = _line(current).filter(number=number).first()
    if edition is None:
        raise NotPublished(f"{current.kind} {current.slug} edition {number}")
    return _check_not_withdrawn(edition)


def find_withdrawn_sources(keys: Iterable[str]) -> dict[str, int]:
    """{key: decision id}: sources that were retired, each with the newest decision that retired it.

    What was approved of a source before that decision is withdrawn, from old editions too.
    """
    rows = Edition.objects.filter(kind="citation", is_withdrawn=True, slug__in=list(keys)).order_by("number")
    return {slug: max(manifest["decisions"], default=0) for slug, manifest in rows.values_list("slug", "manifest")}


def _line(current: Edition) -> QuerySet[Edition]:
    """All editions of the subject, each with when the page was withdrawn at or after it, if it was."""
    later = Edition.objects.filter(kind=current.kind, subject_id=current.subject_id, is_withdrawn=True)
    tombstone = later.filter(number__gte=OuterRef("number")).order_by("-number")
    line = Edition.objects.filter(kind=current.kind, subject_id=current.subject_id)
    return line.annotate(withdrawn_at=Subquery(tombstone.values("published_at")[:1]))


def _check_not_withdrawn(edition: Edition) -> Edition:
    if edition.withdrawn_at is not None:
        raise Withdrawn(edition, at=edition.withdrawn_at)
    return edition
