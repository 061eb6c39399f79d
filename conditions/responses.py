"""What a reader gets when an edition is not simply there: one place for all public pages."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from conditions.presenting import say_date
from editorial import editions
from editorial.standing import Gone

View = Callable[..., HttpResponse]


class WrongDay(Exception):
    """`?as_of=` is not a day. The message says what is wrong and how to write one."""


class WrongQuestion(Exception):
    """The query asks for what cannot be. The message says for readers how to ask."""


def reads_editions(view: View) -> View:
    """Turns what reading editions can raise into answers.

    Moved: 301 to the same page under its new slug, query kept. Withdrawn and Gone: 410. NotPublished: 404.
    NotYetPublished: 404 that says since when. WrongDay and WrongQuestion: 400 that says how to ask.
    """

    @wraps(view)
    def translate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except editions.Moved as moved:
            return _redirect(request, kwargs, moved.slug)
        except editions.Withdrawn as withdrawn:
            return answer_gone(request, _("This page was withdrawn on %(day)s.") % {"day": say_date(withdrawn.at)})
        except Gone as gone:
            return answer_gone(request, str(gone))
        except editions.NotPublished as missing:
            raise Http404 from missing
        except editions.NotYetPublished as early:
            return _answer_too_early(request, early)
        except WrongDay as wrong:
            return _answer(request, _("Which day?"), str(wrong), status=400)
        except WrongQuestion as wrong:
            return _answer(request, _("This cannot be asked"), str(wrong), status=400)

    return translate


def read_day(request: HttpRequest) -> date | None:
    """The day of `?as_of=YYYY-MM-DD`, or None when it is not asked for. Raises WrongDay."""
    text = request.GET.get("as_of")
    if text is None:
        return None
    try:
        if len(text) != len("YYYY-MM-DD"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        shown = text if len(text) <= 40 else f"{text[:40]}…"
        sentence = _("“%(shown)s” is not a day. Write the year, the month and the day as in ?as_of=2026-11-22.")
        raise WrongDay(sentence % {"shown": shown}) from None


def answer_gone(request: HttpRequest, sentence: str) -> HttpResponse:
    """410: was public and is no more."""
    return _answer(request, _("This page was withdrawn"), sentence, status=410, is_gone=True)


def _redirect(request: HttpRequest, kwargs: dict[str, Any], slug: str) -> HttpResponse:
    match = request.resolver_match
    name = next(name for name in ("slug", "key") if name in kwargs)
    url = reverse(match.view_name, kwargs={**kwargs, name: slug})
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)


def _answer_too_early(request: HttpRequest, early: editions.NotYetPublished) -> HttpResponse:
    since = say_date(early.first)
    sentence = _("On that day this page was not public yet. It is public since %(since)s.") % {"since": since}
    earliest = f"{request.path}?as_of={early.first:%Y-%m-%d}"
    return _answer(
        request, _("Not public on that day"), sentence, status=404, today_url=request.path, earliest=earliest
    )


def _answer(request: HttpRequest, heading: str, sentence: str, *, status: int, **more: Any) -> HttpResponse:
    context = {"heading": heading, "sentence": sentence, "is_noindex": True, "canonical_url": "", **more}
    return render(request, "notice_page.html", context, status=status)
