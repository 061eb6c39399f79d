"""The items that a person chose, read from a request, with the digests that were on the screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.http import QueryDict
from django.utils.html import format_html, format_html_join

from editorial.desk.dossier import find_item
from editorial.desk.filters import find_about
from editorial.differences import load_reviews
from editorial.models import Contribution, Review, ReviewedItem
from editorial.workflow import Status

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


def read_asked(data: QueryDict) -> Selection:
    """What an address asks for: ticked items, or all that waits of one condition or of one submission."""
    for name, find in (("condition", _find_condition), ("submission", _find_submission)):
        if name in data and "items" not in data:
            return _select(data, name, find(data[name]))
    return read_selection(data)


def _find_condition(slug: str) -> Q | None:
    about = find_about("condition", slug)
    return Q(pk__in=about) if about.exists() else None


def _find_submission(text: str) -> Q | None:
    """What one person submitted in the same moment as the item with this Review id."""
    review = Review.objects.filter(pk=read_id(text)).first()
    return Q(submitted_by=review.submitted_by_id, submitted_at=review.submitted_at) if review else None


def _select(data: QueryDict, name: str, where: Q | None) -> Selection:
    if where is None:
        return Selection([], [f"There is no {name} “{data[name][:40]}” here."])
    waiting = Review.objects.filter(where, status=Status.IN_REVIEW, scheduled=None).order_by("submitted_at", "pk")
    page = Paginator(waiting.values_list("pk", flat=True), AT_MOST).get_page(data.get("page"))
    found = _load(page)
    reviews = [found[pk] for pk in page if pk in found]
    if not reviews:
        return Selection([], [f"Nothing of this {name} waits for review any more."])
    return Selection(reviews, _tell_of_the_others(data, name, page))


def _tell_of_the_others(data: QueryDict, name: str, page: Page) -> list[str]:
    """A sentence with links, when these are not all."""
    if not page.has_other_pages():
        return []
    others = [number for number in page.paginator.page_range if number != page.number]
    asked = {name: data[name], **({"back": data["back"]} if "back" in data else {})}
    links = format_html_join(
        ", ", '<a href="?{}">part {}</a>', ((urlencode({**asked, "page": number}), number) for number in others)
    )
    told = "{} items wait for review here. At most {} fit on one page; these are the numbers {} to {}. Go to {}."
    return [
        format_html(told, page.paginator.count, AT_MOST, page.start_index(), page.end_index(), links),
    ]


def _load(ids: Iterable[int]) -> dict[int, Review]:
    related = ("submitted_by", "reviewer", "confirmation", "retirement", "scheduled")
    rows = load_reviews(Q(pk__in=ids)).select_related(*related).defer("scheduled__content", "scheduled__stands_on")
    rows = rows.annotate(contributors=_contributors())
    return {review.pk: review for review in rows if find_item(review) is not None}


def _contributors() -> ArraySubquery:
    """Who changed the item since its last approval, read with its Review: it spares a query."""
    person = {name: f"user__{name}" for name in ("id", "username", "first_name", "last_name")}
    rows = Contribution.objects.filter(review=OuterRef("pk"), settled_by=None).order_by("pk")
    return ArraySubquery(rows.values(person=JSONObject(**person)))


def read_id(text: str) -> int | None:
    """The number that the text is; None when it can be no id."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None
