"""The picker with the list of comparisons, a curated comparison, and any two to four conditions side by side."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comparisons.compose import compose
from comparisons.forms import ComparisonPicker
from comparisons.picking import Choices, list_choices
from comparisons.reading import Material, read_chosen, read_curated
from comparisons.share_pictures import picture_comparison
from conditions.presenting import say_date
from conditions.responses import read_day, reads_editions
from editorial.languages import local_path
from editorial.site import absolute_url


@require_safe
@reads_editions
def comparison_list(request: HttpRequest) -> HttpResponse:
    """Without `with` the picker; with it the comparison, or the picker with what is wrong."""
    choices = list_choices()
    asked = request.GET.getlist("with")
    if not asked:
        return _render_picker(request, choices, ComparisonPicker(choices.names))
    today = choices.follow(asked)
    if today != asked:
        return HttpResponsePermanentRedirect(_address(today, request))
    form = ComparisonPicker(choices.names, request.GET)
    if not form.is_valid():
        return _render_picker(request, choices, form)
    return _answer(request, choices, form.cleaned_data["with"])


@require_safe
@reads_editions
def comparison_detail(request: HttpRequest, slug: str) -> HttpResponse:
    day = read_day(request)
    return _render_comparison(request, read_curated(slug, day), path=request.path, day=day)


def _answer(request: HttpRequest, choices: Choices, slugs: list[str]) -> HttpResponse:
    curated = choices.find_curated(slugs)
    if curated:
        as_of = {"as_of": request.GET["as_of"]} if "as_of" in request.GET else {}
        return HttpResponseRedirect(local_path(f"/compare/{curated}/") + (f"?{urlencode(as_of)}" if as_of else ""))
    day = read_day(request)
    material = read_chosen([choices.ids[slug] for slug in slugs], day)
    path = f"{request.path}?{urlencode([('with', slug) for slug in slugs])}"
    return _render_comparison(request, material, path=path, day=day)


def _render_comparison(request: HttpRequest, material: Material, *, path: str, day: date | None) -> HttpResponse:
    page = compose(material.parts, curated=material.curated, path=path)
    own = material.curated.content if material.curated else None
    context = {
        "page": page,
        "share_picture": picture_comparison(own.slug, own.title, page.names) if own else None,
        "reading": material,
        "day": say_date(day) if material.is_old else "",
        "canonical_url": absolute_url(path),
        "exports_of": f"/compare/{own.slug}/" if own and day is None else "",
        "is_noindex": day is not None,
    }
    return render(request, "comparisons/comparison_detail.html", context)


def _render_picker(request: HttpRequest, choices: Choices, form: ComparisonPicker) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "choices": choices, "is_noindex": form.is_bound}
    status = 400 if form.is_bound else 200
    return render(request, "comparisons/comparison_list.html", context, status=status)


def _address(slugs: list[str], request: HttpRequest) -> str:
    """The same question with the slugs of today."""
    others = [(name, value) for name, value in request.GET.items() if name != "with"]
    return f"{request.path}?{urlencode([*(('with', slug) for slug in slugs), *others])}"
