"""The queue: what waits, why, since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from editorial import presence
from editorial.checks import Issue, Severity, find_issues
from editorial.desk.access import desk_view, render_desk
from editorial.desk.dossier import describe_live, find_item, topic_of
from editorial.desk.forms import FilterForm
from editorial.differences import load_reviews
from editorial.freezing import freeze, load_fresh
from editorial.models import Presence, Review, ReviewedItem
from editorial.registry import Frozen, get_kind, list_kinds
from editorial.workflow import Status

PAGE_SIZE = 50
DUE_DAYS = 30


@dataclass(frozen=True)
class Tab:
    name: str
    label: str
    where: Q
    order: tuple[str, ...] = ("pk",)
    count: int = 0
    query: str = ""
    is_here: bool = False


@dataclass(frozen=True)
class Row:
    review: Review
    item: ReviewedItem
    kind: str
    topic: str
    places: str
    live: str
    reasons: list[str]
    """Why it is listed, beside its status."""
    issues: list[Issue]
    presences: list[Presence]
    """Who is looking at it now, the person who asks included."""

    @property
    def blocking(self) -> list[Issue]:
        return [issue for issue in self.issues if issue.severity == Severity.ERROR]

    @property
    def cautions(self) -> list[Issue]:
        return [issue for issue in self.issues if issue.severity != Severity.ERROR]


@desk_view
@require_safe
def show_queue(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    today = timezone.now().date()
    tabs = _list_tabs(today)
    here = next((tab for tab in tabs if tab.name == request.GET.get("tab", tabs[0].name)), None)
    found = _filtered(form.chosen())
    counts = found.aggregate(**{tab.name: Count("pk", filter=tab.where) for tab in tabs})
    shown = here or tabs[0]
    page = Paginator(_ordered(found, shown), PAGE_SIZE).get_page(request.GET.get("page"))
    query = {"tab": shown.name, **form.chosen()}
    context = {
        "form": form,
        "problems": [] if here else [f"There is no list “{request.GET.get('tab', '')[:40]}”. This is the first one."],
        "tabs": [_link(tab, form, shown, counts) for tab in tabs],
        "here": shown,
        "page": page,
        "rows": _list_rows(page, today),
        "back": urlencode({**query, "page": page.number}),
        "page_query": urlencode(query),
        "is_filtered": bool(form.chosen()),
    }
    return render_desk(request, "queue.html", context, title="Review desk")


def _list_tabs(today: date) -> list[Tab]:
    due = Q(approval__isnull=False, review_by__lte=today + timedelta(days=DUE_DAYS))
    recheck = Q(needs_recheck=True, approval__isnull=False)
    return [
        Tab("waiting", "Waiting for review", Q(status=Status.IN_REVIEW), ("submitted_at", "pk")),
        Tab("second", "Retired, to be confirmed", Q(needs_second_person=True), ("retirement__at", "pk")),
        Tab("recheck", "Needs re-check", recheck),
        Tab("sent-back", "Sent back", Q(status=Status.CHANGES_REQUESTED), ("-changed_at", "pk")),
        Tab("due", "Review due", due, ("review_by", "pk")),
        Tab("all", "All", Q(), ("kind", "key")),
    ]


def _link(tab: Tab, form: FilterForm, here: Tab, counts: dict[str, int]) -> Tab:
    query = urlencode({"tab": tab.name, **form.chosen()})
    return Tab(tab.name, tab.label, tab.where, tab.order, counts[tab.name], query, tab.name == here.name)


def _filtered(chosen: dict[str, str]) -> QuerySet[Review]:
    reviews = Review.objects.all()
    if "kind" in chosen:
        reviews = reviews.filter(kind=chosen["kind"])
    if "person" in chosen:
        reviews = reviews.filter(submitted_by__username=chosen["person"])
    for name in ("condition", "topic"):
        if name in chosen:
            reviews = reviews.filter(pk__in=_found_by(f"{name}_lookup", chosen[name]))
    return reviews


def _found_by(attribute: str, slug: str) -> QuerySet[Review, int]:
    """Ids of the Reviews of all kinds whose items are about that condition, or under that topic."""
    where = Q(pk__in=[])
    for lookup in filter(None, (getattr(kind, attribute) for kind in list_kinds())):
        where |= Q(**{lookup: slug})
    return Review.objects.filter(where).values("pk")


def _ordered(found: QuerySet[Review], tab: Tab) -> QuerySet[Review]:
    related = (
        "submitted_by",
        "reviewer",
        "confirmation",
        "retirement",
        "approval",
        *(kind.name for kind in list_kinds()),
    )
    order = [F(name).asc(nulls_last=True) if name[0] != "-" else F(name[1:]).desc() for name in tab.order]
    rows = found.filter(tab.where).select_related(*related).order_by(*order)
    return rows.defer("approval__content", "confirmation__content", "retirement__content")


def _list_rows(page: Page, today: date) -> list[Row]:
    """Rows with what the checks find. The number of queries depends on the kinds, not on the rows."""
    reviews = [review for review in page if find_item(review) is not None]
    items = {review.pk: find_item(review) for review in reviews}
    fresh = load_fresh(items.values())
    issues = find_issues(fresh.values(), batch=fresh.values())
    contents = {pk: freeze(fresh[item]) for pk, item in items.items()}
    places = _name_places(contents)
    present = presence.list_others(reviews, at=timezone.now())
    return [
        Row(
            review=review,
            item=items[review.pk],
            kind=get_kind(review.kind).label,
            topic=topic_of(contents[review.pk]),
            places=", ".join(places[review.pk]),
            live=describe_live(review),
            reasons=_list_reasons(review, today),
            issues=issues.get(fresh[items[review.pk]], []),
            presences=present.get(review.pk, []),
        )
        for review in reviews
    ]


def _name_places(contents: dict[int, Frozen]) -> dict[int, Sequence[str]]:
    """By Review id: names of the conditions that the item is about."""
    ids: dict[int, list[int]] = {}
    for pk, content in contents.items():
        found = content.get("condition", content.get("conditions", []))
        ids[pk] = found if isinstance(found, list) else [found]
    wanted = {condition for listed in ids.values() for condition in listed}
    names = {review.pk: str(find_item(review) or review.key) for review in load_reviews(Q(pk__in=wanted))}
    return {pk: [names[condition] for condition in listed if condition in names] for pk, listed in ids.items()}


def _list_reasons(review: Review, today: date) -> list[str]:
    reasons = list(review.recheck_reasons) if review.needs_recheck else []
    if review.needs_second_person and review.retirement:
        reasons.append(f"Retired by {review.retirement.actor_name}: {review.retirement.comment}")
    if review.approval_id and review.review_by and review.review_by <= today + timedelta(days=DUE_DAYS):
        word = "was due" if review.review_by < today else "is due"
        reasons.append(f"Review {word} on {review.review_by:%-d %B %Y}.")
    return reasons
