"""The picker with the list of comparisons, a curated comparison, and any two to four conditions side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comparisons.forms import ComparisonPicker
from comparisons.kept import Page as ComparisonPage
from comparisons.kept import make_page, read_chosen_page, read_curated_page, read_kept_page
from comparisons.picking import Choices, ComparisonCard, list_choices
from comparisons.share_pictures import picture_comparison
from conditions.alphabet import Letter, choose_letter
from conditions.naming import Name
from conditions.paging import Page, cut_letter
from conditions.responses import read_day, reads_editions
from editorial.languages import local_path
from editorial.query_names import reads_query
from editorial.site import absolute_url


@require_safe
@reads_editions
@reads_query("with", "as_of", "change", "letter", "page")
def comparison_list(request: HttpRequest) -> HttpResponse:
    """Without `with` the picker; with it the comparison, or the picker with what is wrong."""
    choices = list_choices()
    asked = request.GET.getlist("with")
    stretch = _choose_stretch(request, choices)
    names = _list_offered(choices, asked, stretch)
    if not asked or "change" in request.GET or "letter" in request.GET:
        return _render_picker(request, choices, ComparisonPicker(names, initial={"with": asked}), stretch)
    today = choices.follow(asked)
    if today != asked:
        return HttpResponsePermanentRedirect(_address(today, request))
    form = ComparisonPicker(names, request.GET)
    if not form.is_valid():
        return _render_picker(request, choices, form, stretch)
    return _answer(request, choices, form.cleaned_data["with"])


@require_safe
@reads_editions
@reads_query("as_of", "with")
def comparison_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The columns in the editors' order, or in that of `with`."""
    day = read_day(request)
    asked = request.GET.getlist("with")
    if not asked and day is None:
        return _render_comparison(request, read_kept_page(slug))
    material = read_curated_page(slug, day)
    if sorted(asked) == sorted(part.content.slug for part in material.parts):
        material = replace(material, parts=sorted(material.parts, key=lambda part: asked.index(part.content.slug)))
    elif asked and day is None:
        return HttpResponseRedirect(f"{local_path('/compare/')}?{urlencode([('with', slug) for slug in asked])}")
    return _render_comparison(request, make_page(material, path=request.path, day=day))


def _answer(request: HttpRequest, choices: Choices, slugs: list[str]) -> HttpResponse:
    curated = choices.find_card(slugs)
    if curated:
        return HttpResponseRedirect(_address_of(curated, choices, slugs, request))
    day = read_day(request)
    material = read_chosen_page([choices.ids[slug] for slug in slugs], day)
    path = f"{request.path}?{urlencode([('with', slug) for slug in slugs])}"
    return _render_comparison(request, make_page(material, path=path, day=day))


def _render_comparison(request: HttpRequest, page: ComparisonPage) -> HttpResponse:
    body = page.body
    context = {
        "page": body,
        "terms": page.terms,
        "review": body.review,
        "share_picture": picture_comparison(body.slug, body.title, body.names) if body.slug else None,
        "reading": page,
        "day": page.day,
        "canonical_url": absolute_url(body.path),
        "structured": body.structured,
        "is_noindex": not page.is_today,
    }
    return render(request, "comparisons/comparison_detail.html", context)


@dataclass(frozen=True)
class _Stretch:
    """Of very many conditions, some of those under one letter."""

    letter: Letter[Name]
    page: Page[Name]


def _choose_stretch(request: HttpRequest, choices: Choices) -> _Stretch | None:
    """None where all are listed. Raises Http404 when there is no such letter, or no such page of it."""
    if choices.listed or not choices.letters:
        return None
    letter = choose_letter(choices.letters, request.GET.get("letter", ""))
    chosen = [("with", slug) for slug in request.GET.getlist("with")]
    return _Stretch(letter, cut_letter(letter, request.GET, also=chosen))


def _list_offered(choices: Choices, asked: Sequence[str], stretch: _Stretch | None) -> list[Name]:
    """All conditions; or of very many those that are chosen, then some others."""
    if stretch is None:
        return choices.names
    shown = {name.slug for name in stretch.page.items}
    return [*choices.choose_names(set(asked) - shown), *stretch.page.items]


def _render_picker(
    request: HttpRequest, choices: Choices, form: ComparisonPicker, stretch: _Stretch | None
) -> HttpResponse:
    has_begun = "with" in request.GET
    context: dict[str, Any] = {
        "form": form,
        "choices": choices,
        "has_begun": has_begun,
        "is_noindex": has_begun or "letter" in request.GET,
        "all_letters": choices.letters if stretch else [],
        "letters": [stretch.letter] if stretch else [],
        "page": stretch.page if stretch else None,
        "chosen": request.GET.getlist("with"),
    }
    status = 400 if form.is_bound else 200
    return render(request, "comparisons/comparison_list.html", context, status=status)


def _address_of(curated: ComparisonCard, choices: Choices, slugs: list[str], request: HttpRequest) -> str:
    """The page of editors, which keeps the order that was asked for where it is another one than theirs."""
    own_order = [choices.ids[slug] for slug in slugs] == list(curated.conditions)
    query = [] if own_order else [("with", slug) for slug in slugs]
    if "as_of" in request.GET:
        query.append(("as_of", request.GET["as_of"]))
    return f"{curated.url}?{urlencode(query)}" if query else curated.url


def _address(slugs: list[str], request: HttpRequest) -> str:
    """The same question with the slugs of today."""
    others = [(name, value) for name, value in request.GET.items() if name != "with"]
    return f"{request.path}?{urlencode([*(('with', slug) for slug in slugs), *others])}"
