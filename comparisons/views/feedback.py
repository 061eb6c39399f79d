"""“Is something wrong here?”: the form, and what becomes of it. The only public page that takes anything in."""

import logging
from urllib.parse import urlencode

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from comparisons.feedback import senders, storing
from comparisons.feedback.about import About, NoSuchStatement, find_about, find_seen
from comparisons.feedback.form import FeedbackForm
from comparisons.feedback.origin import comes_from_us
from conditions.responses import answer_gone
from editorial import editions
from editorial.languages import local_path, neutral_path
from editorial.standing import Gone

logger = logging.getLogger(__name__)


@csrf_exempt  # That check needs a cookie; ours is comes_from_us.
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """The form about what the address names; a report that is sent goes to the inbox, and the reader to the thanks."""
    if request.method != "POST":
        return _show(request)
    response = _receive(request)
    add_never_cache_headers(response)
    return response


@require_safe
def feedback_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "comparisons/feedback_thanks.html", {"back": _find_way_back(request), "is_noindex": True})


def _show(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("fact", "section")}
    try:
        about = find_about(request.GET.get("about", ""), **asked)
    except NoSuchStatement as missing:
        sentence = _("This page has no statement with that name now. It may have been withdrawn.")
        return _answer_missing(request, sentence, missing.about)
    except (editions.Withdrawn, Gone) as gone:
        return answer_gone(request, str(gone))
    except editions.NotPublished:
        return _answer_missing(request, _("There is no page of ours at the address that the report would be about."))
    return _render(request, about, FeedbackForm(about))


def _receive(request: HttpRequest) -> HttpResponse:
    about, problem = _find_posted(request)
    form = FeedbackForm(about, request.POST)
    if not comes_from_us(request):
        return _refuse(
            request, about, form, _("Another website sent this. If it was you, send it again from here."), 403
        )
    if form.is_from_a_program:
        return _thank(about)  # It learns nothing, and nothing is kept.
    if problem:
        return _refuse(request, about, form, problem, 400)
    if not form.is_valid():
        return _render(request, about, form, status=400)
    return _keep(request, about, form)


def _keep(request: HttpRequest, about: About, form: FeedbackForm) -> HttpResponse:
    edition = find_seen(about, form.cleaned_data["seen"])
    words = storing.Words(
        page=about.path,
        section=about.section,
        fact=about.fact.key if about.fact else "",
        edition_id=edition.pk if edition else None,
        reason=form.cleaned_data["reason"],
        text=form.cleaned_data["text"],
    )
    now = timezone.now()
    try:
        storing.store(words, sender=senders.find_sender(request, at=now), at=now)
    except senders.TooMany as many:
        return _refuse_for_now(request, about, form, many)
    except DatabaseError:
        logger.exception("A reader's report could not be kept.")
        return _refuse(request, about, form, _("Reports cannot be taken at the moment. Please try again later."), 503)
    return _thank(about)


def _find_posted(request: HttpRequest) -> tuple[About, str]:
    """(what it is about, what the reader must know first): what was written is kept where the page is gone."""
    path = request.POST.get("about", "")
    asked = {name: request.POST.get(name, "") for name in ("fact", "section")}
    try:
        return find_about(path, **asked), ""
    except NoSuchStatement as missing:
        gone = _("The statement is not public any more. You can still send this as a report about the page.")
        return missing.about, gone
    except (editions.NotPublished, editions.Withdrawn, Gone):
        gone = _("The page is not public any more. You can still send this as a report about the site.")
        return find_about("/"), gone


def _render(request: HttpRequest, about: About, form: FeedbackForm, *, status: int = 200) -> HttpResponse:
    context = {"about": about, "form": form, "is_noindex": True}
    return render(request, "comparisons/feedback_form.html", context, status=status)


def _refuse(request: HttpRequest, about: About, form: FeedbackForm, sentence: str, status: int) -> HttpResponse:
    form.add_error(None, sentence)
    return _render(request, about, form, status=status)


def _refuse_for_now(request: HttpRequest, about: About, form: FeedbackForm, many: senders.TooMany) -> HttpResponse:
    minutes = -(-many.seconds // 60)
    sentence = ngettext(
        "Too many reports came in the last hour. Please send yours again in %(count)d minute.",
        "Too many reports came in the last hour. Please send yours again in %(count)d minutes.",
        minutes,
    )
    response = _refuse(request, about, form, sentence % {"count": minutes}, 429)
    response["Retry-After"] = str(many.seconds)
    return response


def _thank(about: About) -> HttpResponse:
    back = urlencode({"about": about.path}, safe="/")
    return HttpResponseRedirect(f"{local_path('/feedback/thanks/')}?{back}")


def _find_way_back(request: HttpRequest) -> str:
    """The page that the report was about; the home page where the address does not name one of ours."""
    path = neutral_path(request.GET.get("about", ""))
    try:
        resolve(local_path(path.partition("?")[0]), urlconf=settings.PUBLIC_URLCONF)
    except Resolver404:
        return local_path("/")
    return local_path(path)


def _answer_missing(request: HttpRequest, sentence: str, about: About | None = None) -> HttpResponse:
    query = f"?{urlencode({'about': about.path}, safe='/')}" if about else ""
    context = {
        "heading": _("What is your report about?"),
        "sentence": sentence,
        "report_url": f"{local_path('/feedback/')}{query}",
        "is_noindex": True,
        "canonical_url": "",
    }
    return render(request, "notice_page.html", context, status=404)
