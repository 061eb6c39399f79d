"""The items that a person chose, read from a request, with the digests that were on the screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import QueryDict

from editorial.desk.dossier import find_item
from editorial.differences import load_reviews
from editorial.models import Review, ReviewedItem

AT_MOST = 200


@dataclass(frozen=True)
class Selection:
    reviews: list[Review]
    """In the order of the request, each once."""
    problems: list[str] = field(default_factory=list)
    """A sentence for each thing that was asked for and is not there."""
    digests: Mapping[int, str] = field(default_factory=dict)
    """By Review id: what was on the screen."""

    @property
    def items(self) -> list[ReviewedItem]:
        return [item for item in map(find_item, self.reviews) if item is not None]

    @property
    def digests_by_item(self) -> dict[ReviewedItem, str]:
        return {item: self.digests.get(item.review_id, "") for item in self.items}


def read_selection(data: QueryDict, *, name: str = "items") -> Selection:
    """The items named by their Review ids. What is no id, or of no item, becomes a problem and not an error."""
    asked = list(dict.fromkeys(data.getlist(name)))
    ids = {text: read_id(text) for text in asked}
    if len(asked) > AT_MOST:
        message = f"These are {len(asked)} items. At most {AT_MOST} can be reviewed on one page; choose fewer."
        return Selection([], [message])
    found = _load({pk for pk in ids.values() if pk is not None})
    problems = [
        f"There is no item “{text[:40]}”. It may have been deleted." for text in asked if ids[text] not in found
    ]
    reviews = [found[pk] for pk in dict.fromkeys(ids.values()) if pk in found]
    digests = {review.pk: data.get(f"digest-{review.pk}", "") for review in reviews}
    return Selection(reviews, problems, digests)


def _load(ids: Iterable[int]) -> dict[int, Review]:
    rows = load_reviews(Q(pk__in=ids)).select_related("submitted_by", "reviewer", "confirmation", "retirement")
    return {review.pk: review for review in rows if find_item(review) is not None}


def read_id(text: str) -> int | None:
    """The number that the text is; None when it can be no id."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None
