"""The editions of one subject, in stretches: a page that changes every day has thousands."""

import sys
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce

from editorial.models import Edition
from editorial.standing import stands

_LISTED = (
    *("kind", "slug", "number", "published_at", "last_reviewed_on", "review_due_on"),
    *("change_note", "materiality", "corrects", "is_current"),
)


class History(Sequence[Edition]):
    """The readable editions of the subject since it was last withdrawn, newest first, with what lists say of them.

    Only the stretch that is cut out is read, with the count of all. One query, two where nothing is cut out.
    """

    def __init__(self, current: Edition) -> None:
        self._editions = _list_readable(current)
        self._count: int | None = None

    def __len__(self) -> int:
        return self._editions.count() if self._count is None else self._count

    def __getitem__(self, place: Any) -> Any:
        start, stop, _ = place.indices(sys.maxsize)
        found = list(self._editions.annotate(total=Window(Count("pk")))[start:stop])
        self._count = found[0].total if found else None
        return found


def _list_readable(current: Edition) -> QuerySet[Edition]:
    line = Edition.objects.filter(kind=current.kind, subject_id=current.subject_id)
    withdrawn = line.filter(is_withdrawn=True).order_by("-number").values("number")[:1]
    since = line.filter(stands(), number__gt=Coalesce(Subquery(withdrawn), 0))
    return since.order_by("-number").only(*_LISTED)
