"""Which public pages a decision on items changes, and where else they show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from editorial.models import Decision, Edition, Review, ReviewedItem
from editorial.publishing import find_touched
from editorial.registry import Frozen, get_kind, get_subject

Subjects = set[tuple[str, int | None]]


@dataclass(frozen=True)
class Page:
    kind: str
    """The name of the subject: condition, comparison, …"""
    title: str
    url: str
    """Empty where there is no public page yet."""
    why: str
    subject_id: int | None = None
    """The Review of its subject, 0 where there is none; None where it is no single page."""

    @property
    def name(self) -> str:
        """How a preview is asked for this page; empty where there is none."""
        return "" if self.subject_id is None else f"{self.kind}:{self.subject_id}"


def list_pages(items: Iterable[ReviewedItem], *, contents: Mapping[int, Frozen] | None = None) -> list[Page]:
    """The pages that a decision on these items changes, then the comparisons that are put together from those.

    `contents`, by Review id, spares a look where the caller has frozen the items. The number of queries depends on the
    kinds among the items, not on how many there are.
    """
    reviews = _load_reviews(list(items))
    known = {pk: {"content": content} for pk, content in (contents or {}).items()}
    touched = find_touched([Decision(review=review, content=known.get(review.pk)) for review in reviews])
    named = _find_named_comparisons(reviews, contents or {})
    public = _load_public(touched, named)
    return [*_list_own(touched, public), *_list_quoting(touched, public, named), *_list_composed(touched, public)]


def _find_named_comparisons(reviews: Iterable[Review], contents: Mapping[int, Frozen]) -> set[int]:
    """The comparisons that these contents name: they show what names them, such as a question, in full."""
    names = {name for r in reviews if r.pk in contents for name in get_kind(r.kind).stands_on(contents[r.pk])}
    return {int(name.partition(":")[2]) for name in names if name.startswith("comparison:")}


def _load_reviews(items: Sequence[ReviewedItem]) -> list[Review]:
    if all("review" in item._state.fields_cache for item in items):
        return [item.review for item in items]
    return list(Review.objects.filter(pk__in=[item.review_id for item in items]))


def _load_public(touched: Subjects, named: set[int]) -> dict[tuple[str, int], Edition]:
    """The public editions of the touched subjects, and of the comparisons with a touched condition."""
    if not touched:
        return {}
    where = Q(kind__in={name for name, _ in touched}, subject_id__in={review_id or 0 for _, review_id in touched})
    tags = [f"condition:{review_id}" for name, review_id in touched if name == "condition"]
    composed = Q(kind="comparison", tags__overlap=tags) | Q(kind="comparison", subject_id__in=named)
    found = _titled(Edition.objects.public().filter(where | composed).order_by("kind", "slug"))
    return {(edition.kind, edition.subject_id): edition for edition in found}


def _titled(editions):
    """With `title` out of the content, and without the content itself: a condition's is long."""
    words = [KT("content__title"), KT("content__name"), KT("content__question"), F("slug")]
    title = Coalesce(*words, output_field=TextField())
    return editions.annotate(title=title).defer("content", "manifest")


def _list_own(touched: Subjects, public: dict[tuple[str, int], Edition]) -> list[Page]:
    missing = [review_id for name, review_id in touched if review_id and (name, review_id) not in public]
    keys = dict(Review.objects.filter(pk__in=missing).values_list("pk", "key")) if missing else {}
    pages = []
    for name, review_id in touched:
        edition = public.get((name, review_id or 0))
        if edition is not None:
            url = get_subject(name).url(edition.slug)
            pages.append(Page(name, edition.title, url, "Changes with the decision.", edition.subject_id))
        else:
            title = keys.get(review_id, name.capitalize())
            pages.append(Page(name, title, "", "Has no public page yet.", review_id or 0))
    return sorted(pages, key=lambda page: (page.kind, page.title.casefold()))


def _list_quoting(touched: Subjects, public: dict[tuple[str, int], Edition], named: set[int]) -> list[Page]:
    changed = {f"condition:{pk}" for name, pk in touched if name == "condition"}
    found = [public[key] for pk in sorted(named) if (key := ("comparison", pk)) in public and key not in touched]
    found = [edition for edition in found if not changed & set(edition.tags)]  # These are listed as composed.
    url = get_subject("comparison").url
    return [Page("comparison", e.title, url(e.slug), "Shows the question and its answer.", e.subject_id) for e in found]


def _list_composed(touched: Subjects, public: dict[tuple[str, int], Edition]) -> list[Page]:
    """Comparisons are put together when they are read, so they show what their conditions have by then."""
    tags = {f"condition:{pk}": edition.title for (name, pk), edition in public.items() if name == "condition"}
    if not tags:
        return []
    pages = [
        Page("comparison", edition.title, get_subject("comparison").url(edition.slug), _why(edition, tags), pk)
        for (name, pk), edition in public.items()
        if name == "comparison" and (name, pk) not in touched and tags.keys() & set(edition.tags)
    ]
    names = _join(tags.values())
    return [*pages, Page("comparison", f"Any other comparison with {names}", "/compare/", "Readers choose the sides.")]


def _why(edition: Edition, tags: dict[str, str]) -> str:
    return f"Shows the key and main facts of {_join(tags[tag] for tag in edition.tags if tag in tags)}."


def _join(names: Iterable[str]) -> str:
    *others, last = sorted(names)
    return f"{', '.join(others)} and {last}" if others else last
