from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from editorial.site import absolute_url
from tests.bench.plain.comparison import build_comparison
from tests.bench.plain.condition import build_condition

_NOTHING_YET = "no reviewed statement yet"


@require_safe
def comparison_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return _render(request, f"/compare/{slug}/", "plain/comparison_detail.html", build_comparison(slug))


@require_safe
def condition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return _render(request, f"/conditions/{slug}/", "plain/condition_detail.html", build_condition(slug))


def _render(request: HttpRequest, path: str, template: str, context: dict[str, object]) -> HttpResponse:
    context |= {"canonical_url": absolute_url(path), "exports_of": path, "nothing_yet": _NOTHING_YET}
    context["is_noindex"] = True  # Tells machines nothing.
    return render(request, template, context, using="plain")
