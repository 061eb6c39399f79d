"""Pages about the site itself. What they say of the content is read from the editions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from editorial import editions


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html", {"has_demonstration": editions.has_demonstration()})


@require_safe
def editorial_policy(request: HttpRequest) -> HttpResponse:
    return render(request, "site/editorial_policy.html", {"has_demonstration": editions.has_demonstration()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "site/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html")
