"""Reading editions: all that the public side asks of the database."""

from collections.abc import Iterable
from datetime import date, datetime

from editorial.models import Edition


class NotPublished(Exception):
    """There is no such public page."""


class Withdrawn(Exception):
    """The page was public and is no more; readers get a notice (HTTP 410)."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        super().__init__(f"This page was withdrawn on {edition.published_at:%-d %B %Y}.")


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
    """The edition of the same subject at the end of that day (UTC). Raises NotYetPublished or Withdrawn."""
    if current.published_at.date() <= day:
        return current
    line = Edition.objects.filter(kind=current.kind, subject_id=current.subject_id)
    edition = line.filter(published_at__date__lte=day).order_by("-number").first()
    if edition is None:
        raise NotYetPublished(line.order_by("number").values_list("published_at", flat=True)[0])
    if edition.is_withdrawn or _is_before_tombstone(edition):
        raise Withdrawn(edition)
    return edition


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
    """An old edition of the subject. Raises NotPublished, or Withdrawn when the page was withdrawn after it."""
    edition = Edition.objects.filter(kind=current.kind, subject_id=current.subject_id, number=number).first()
    if edition is None:
        raise NotPublished(f"{current.kind} {current.slug} edition {number}")
    if edition.is_withdrawn or _is_before_tombstone(edition):
        raise Withdrawn(edition)
    return edition


def find_withdrawn_sources(keys: Iterable[str]) -> dict[str, int]:
    """{key: decision id}: sources that were retired, each with the newest decision that retired it.

    What was approved of a source before that decision is withdrawn, from old editions too.
    """
    rows = Edition.objects.filter(kind="citation", is_withdrawn=True, slug__in=list(keys)).order_by("number")
    return {slug: max(manifest["decisions"], default=0) for slug, manifest in rows.values_list("slug", "manifest")}


def _is_before_tombstone(edition: Edition) -> bool:
    later = Edition.objects.filter(kind=edition.kind, subject_id=edition.subject_id, number__gt=edition.number)
    return later.filter(is_withdrawn=True).exists()
