"""The list of conditions, and the page of one."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conditions.alphabet import Letter, choose_letter
from conditions.composing import list_other_names, name_of_condition, review_condition
from conditions.content import ConditionContent
from conditions.glossary import read_terms
from conditions.kept import BodyReading, read_body
from conditions.names import ListedName, list_names
from conditions.naming import Name, name_of
from conditions.paging import MOST_LISTED, cut_letter
from conditions.responses import read_day, reads_editions
from conditions.reviewing import ReviewNote
from conditions.share_pictures import picture_condition
from conditions.structured import describe_condition_page
from editorial import editions
from editorial.json_ld import Node
from editorial.kept_lists import KeptList
from editorial.languages import local_path
from editorial.query_names import reads_query

_NAMES = ("name", "abbreviation", "also_known_as", "definition", "category", "position")
_FIELDS = {name: name for name in _NAMES}


@require_safe
@reads_query("letter", "page")
def condition_list(request: HttpRequest) -> HttpResponse:
    """The conditions, and from A to Z all names under which a reader may look for them. One query.

    Where they are very many, the names with one letter, in pages.
    """
    cards, letters = _NAMED.get()
    is_short = len(cards) <= MOST_LISTED
    chosen = None if is_short else choose_letter(letters, request.GET.get("letter", ""))
    page = cut_letter(chosen, request.GET) if chosen else None
    context = {
        "conditions": cards if is_short else [],
        "letters": [Letter(chosen.letter, page.items)] if chosen and page else letters,
        "all_letters": [] if is_short else letters,
        "page": page,
        "is_noindex": "letter" in request.GET or "page" in request.GET,
    }
    return render(request, "conditions/condition_list.html", context)


@require_safe
@reads_editions
@reads_query("as_of")
def condition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    day = read_day(request)
    reading = read_body(slug, day)
    body, content = reading.body, reading.body.content
    name = name_of_condition(content)
    review = review_condition(content, reading.edition)
    context = {
        "body": body,
        "content": content,
        "name": name,
        "other_names": list_other_names(content),
        "review": review,
        "share_picture": picture_condition(name),
        "reading": reading,
        "day": reading.day,
        "structured": [] if day else _describe(reading, review, request.path),
        "is_noindex": day is not None,
        **(_list_related(content) if day is None else {}),
    }
    return render(request, "conditions/condition_detail.html", context)


def _describe(reading: BodyReading, review: ReviewNote, path: str) -> list[Node]:
    body = reading.body
    return describe_condition_page(
        body.content,
        in_short=body.in_short,
        cited=body.cited,
        review=review,
        path=path,
        version=reading.edition.number,
    )


def _list_named() -> tuple[list[dict[str, Any]], list[Letter[ListedName]]]:
    """All public conditions in the order of the site, each with its Name as `label`, and all names. One query."""
    rows = editions.list_public("condition", fields=_FIELDS)
    rows.sort(key=lambda row: (row["position"], row["name"]))
    cards = [{**row, "label": label_of(row), "also_known_as": _others(row)} for row in rows]
    return cards, list_names(cards)


_NAMED = KeptList("condition", fields=_FIELDS, read=_list_named)


def _others(row: dict[str, Any]) -> list[str]:
    return [other for other in row["also_known_as"] if other != row["abbreviation"]]


def label_of(row: dict[str, Any]) -> Name:
    return name_of(slug=row["slug"], name=row["name"], abbreviation=row["abbreviation"], position=row["position"])


def _compare(slug: str, other: str, name: str) -> tuple[str, str]:
    """The other's name and where both stand side by side."""
    return name, f"{local_path('/compare/')}?{urlencode([('with', slug), ('with', other)])}"


def _list_related(content: ConditionContent) -> dict[str, Any]:
    """Comparisons and questions with this condition, the one of which it is a form, and the glossary. One query."""
    fields = {name: name for name in ("name", "title", "question", "position", "terms")}
    whole = ("condition", "glossary")
    rows = editions.list_public(
        "comparison", "faq", *whole, fields=fields, tag=f"condition:{content.id}", untagged=whole
    )
    names = {row["subject_id"]: row for row in rows if row["kind"] == "condition"}
    others = [row for row in names.values() if row["slug"] != content.slug]
    faqs = [row for row in rows if row["kind"] == "faq"]
    return {
        "comparisons": [row for row in rows if row["kind"] == "comparison"],
        "questions": sorted(faqs, key=lambda row: (row["position"], row["slug"])),
        "compared_with": [
            _compare(content.slug, row["slug"], row["name"]) for row in (others if len(others) < MOST_LISTED else ())
        ],
        "parents": [names[content.parent]] if content.parent in names else [],
        "terms": read_terms(row["terms"] for row in rows if row["kind"] == "glossary"),
    }
