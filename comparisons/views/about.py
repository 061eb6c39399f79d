"""Pages about the site itself. What they say of the content is read from the editions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from editorial import editions
from editorial.query_names import reads_query


@require_safe
@reads_query()
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html", {"has_demonstration": editions.has_demonstration()})


@require_safe
@reads_query()
def editorial_policy(request: HttpRequest) -> HttpResponse:
    return render(request, "site/editorial_policy.html", {"has_demonstration": editions.has_demonstration()})


@require_safe
@reads_query()
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "site/privacy.html")


@require_safe
@reads_query()
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html")
