"""Where an item is used: what rests on it, on which pages it shows, and where its words stand."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from editorial.admin.history import get_visible, item_context
from editorial.admin.urls import change_url
from editorial.differences import load_reviews
from editorial.freezing import load_fresh
from editorial.impact import list_pages
from editorial.models import ReviewedItem
from editorial.occurrences import find_occurrences
from editorial.registry import get_kind, kind_of
from editorial.uses import find_uses, load_uses

_PER_PAGE = 30


def used_view(model_admin: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    item = get_visible(model_admin, request, object_id)
    fresh = load_fresh([item])[item]
    uses = _page_of(request, "p", find_uses(item))
    words = _page_of(request, "w", find_occurrences(fresh))
    context = {
        **item_context(model_admin, request, item),
        "title": f"Where “{item}” is used",
        "uses": uses,
        "rows": [_row(use.item, use) for use in load_uses(item, uses.object_list)],
        "pages": _page_of(request, "s", list_pages([fresh])),
        "words": words,
        "has_words": bool(kind_of(item).wordings(fresh)),
        "word_rows": _list_words(words),
    }
    return TemplateResponse(request, "admin/editorial/item_used.html", context)


def _page_of(request: HttpRequest, name: str, found: Any) -> Page:
    return Paginator(found, _PER_PAGE).get_page(request.GET.get(name, "1"))


def _row(item: ReviewedItem, found: Any) -> dict[str, Any]:
    return {"item": item, "url": change_url(item), "kind": get_kind(item.item_kind).label, "found": found}


def _list_words(page: Page) -> list[dict[str, Any]]:
    pks = {occurrence.review_id for occurrence in page.object_list}
    reviews = {review.pk: review for review in load_reviews(Q(pk__in=pks))} if pks else {}
    return [
        {**_row(getattr(review, review.kind), occurrence), "review": review}
        for occurrence in page.object_list
        if (review := reviews.get(occurrence.review_id)) and hasattr(review, review.kind)
    ]
