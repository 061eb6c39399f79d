"""Error pages in the site's look. They say nothing of the address that was asked for, nor of what went wrong inside."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = _("The site could not understand what was asked. Check the address, or start from one of these pages.")
    return _answer(request, _("This address does not work"), sentence, status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = _("You do not have the right to see this page. Ask an administrator if you need it.")
    return _answer(request, _("Not allowed"), sentence, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = _("There is no page at this address. It may have been mistyped.")
    return _answer(request, _("Page not found"), sentence, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs no database and no request, for either may be what failed."""
    return HttpResponseServerError(get_template("500.html").render())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _(
        "The form was open too long, or your browser does not send the cookie that protects it. Nothing was saved. "
        "Go back, load the page again, and send the form once more."
    )
    return _answer(request, _("The form could not be checked"), sentence, status=403)


def _answer(request: HttpRequest, heading: str, sentence: str, **more: Any) -> HttpResponse:
    context = {"heading": heading, "sentence": sentence, "is_noindex": True, "canonical_url": ""}
    return render(request, "notice_page.html", context, **more)
