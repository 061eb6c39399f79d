"""Who may open the desk: staff with the right to see reviews. Everybody else gets the login form or a sentence."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache

from editorial import statements

View = Callable[..., HttpResponse]

SEE = "editorial.view_review"


def desk_view(view: View) -> View:
    """The view for staff who may see reviews; never kept in a cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not admin.site.has_permission(request):
            return redirect_to_login(request.get_full_path(), resolve_url("admin:login"))
        if not request.user.has_perm(SEE):
            sentence = "You do not have the right to see the review desk. Ask an administrator for it."
            return render_notice(request, title="Not for your account", sentence=sentence, status=403)
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def render_desk(
    request: HttpRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HttpResponse:
    """A page of the desk in the frame of the admin, whose sidebar would take the room for the texts."""
    frame = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": title,
        "statement_reminder": statements.find_reminder(request.user, on=timezone.now().date()),
    }
    return render(request, f"editorial/desk/{template}", {**frame, **context}, status=status)


def render_notice(request: HttpRequest, *, title: str, sentence: str, status: int) -> HttpResponse:
    return render_desk(request, "notice.html", {"sentence": sentence}, title=title, status=status)
