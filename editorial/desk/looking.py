"""“I am looking at this”: said by a button, and repeated by a script while the page is open."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from editorial import presence
from editorial.desk.access import desk_view, render_notice
from editorial.desk.addresses import review_url
from editorial.desk.pages import read_back
from editorial.desk.selection import AT_MOST, read_id
from editorial.models import Review


@desk_view
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    ids = {read_id(text) for text in request.POST.getlist("seen")[:AT_MOST]}
    # Not the items themselves: a script asks every minute.
    reviews = list(Review.objects.filter(pk__in=ids - {None}).only("pk"))
    if not reviews:
        sentence = "There is no such item. It may have been deleted."
        return render_notice(request, title="Not found", sentence=sentence, status=404)
    if "leave" in request.POST:
        presence.leave(reviews, by=request.user)
    else:
        presence.note(reviews, by=request.user, at=timezone.now())
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return _tell_others(request, reviews)
    return redirect(review_url(reviews, back=read_back(request)))


def _tell_others(request: HttpRequest, reviews: Sequence[Review]) -> HttpResponse:
    """Who else is looking, by Review id, for the script to show."""
    others = presence.list_others(reviews, but=request.user, at=timezone.now())
    return JsonResponse({pk: [row.sentence for row in rows] for pk, rows in others.items()})
