"""Every check that a reviewer let pass: which, for what, why, and whether that still holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from editorial.desk.access import desk_view, render_desk
from editorial.differences import load_reviews, title_of
from editorial.models import Decision, Review
from editorial.registry import get_kind
from editorial.workflow import Action

_PER_PAGE = 50


@dataclass(frozen=True)
class Row:
    decision: Decision
    review: Review
    title: str
    kind: str

    @property
    def messages(self) -> list[str]:
        return [entry["message"] for entry in self.decision.waived]

    @property
    def holds(self) -> bool:
        """A waiver is for one text: once the item is another, it is over."""
        return self.decision.digest == self.review.digest


@desk_view
@require_safe
def show_waivers(request: HttpRequest) -> HttpResponse:
    waived = Decision.objects.filter(action=Action.WAIVE).defer("content", "stands_on").order_by("-pk")
    page = Paginator(waived, _PER_PAGE).get_page(request.GET.get("page"))
    return render_desk(request, "waivers.html", {"page": page, "rows": _list_rows(page)}, title="Waived checks")


def _list_rows(decisions: Iterable[Decision]) -> list[Row]:
    found = list(decisions)
    wanted = Q(pk__in={decision.review_id for decision in found})
    reviews = {review.pk: review for review in load_reviews(wanted).defer("approval__content")}
    rows = ((decision, reviews[decision.review_id]) for decision in found)
    return [Row(decision, review, title_of(review), get_kind(review.kind).label) for decision, review in rows]
