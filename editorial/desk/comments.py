"""Comments from the desk: one is written, a thread is resolved or opened again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from editorial import commenting, errors
from editorial.desk.access import desk_view, render_notice
from editorial.desk.dossier import Dossier
from editorial.desk.dossiers import load_dossiers
from editorial.desk.pages import read_back, render_review
from editorial.desk.remark_form import RemarkForm
from editorial.desk.selection import Selection, read_id, read_selection
from editorial.models import Comment, Review

_METHODS = ["GET", "HEAD", "POST"]
_NOT_FOUND = "There is no such item or comment. It may have been deleted."


@desk_view
@require_http_methods(_METHODS)
def add_comment(request: HttpRequest, review_id: int) -> HttpResponse:
    review = Review.objects.filter(pk=review_id).first()
    if review is None:
        return _refuse_unknown(request)
    if request.method != "POST":
        return _nothing_written(request, review)
    sent = _read_remark(request, review)
    try:
        thread = _find_thread(request.POST.get("thread", ""))
        commenting.add(review, by=request.user, at=timezone.now(), thread=thread, **sent)
    except errors.NotPermitted as error:
        return render_notice(request, title="Not for your account", sentence=str(error), status=403)
    except errors.CommentRefused as error:
        return _show_again(request, review, sent, error)
    messages.success(request, "Your answer is written." if thread else "Your comment is written.")
    return _back_to(request, review)


@desk_view
@require_http_methods(_METHODS)
def resolve_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    return _settle(request, comment_id, is_resolved=True)


@desk_view
@require_http_methods(_METHODS)
def reopen_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    return _settle(request, comment_id, is_resolved=False)


def _settle(request: HttpRequest, comment_id: int, *, is_resolved: bool) -> HttpResponse:
    comment = Comment.objects.select_related("review").filter(pk=comment_id).first()
    if comment is None:
        return _refuse_unknown(request)
    if request.method != "POST":
        return _nothing_written(request, comment.review)
    try:
        if is_resolved:
            commenting.resolve(comment, by=request.user, at=timezone.now())
        else:
            commenting.reopen(comment, by=request.user)
    except errors.NotPermitted as error:
        return render_notice(request, title="Not for your account", sentence=str(error), status=403)
    except errors.CommentRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The thread is resolved." if is_resolved else "The thread is open again.")
    return _back_to(request, comment.review)


def _read_remark(request: HttpRequest, review: Review) -> dict[str, str]:
    """What was typed into the box whose button was pressed."""
    thread = read_id(request.POST.get("thread", "")) or 0
    form = RemarkForm(review=review, thread=thread)
    return {name: request.POST.get(form.add_prefix(name), "") for name in form.fields}


def _find_thread(text: str) -> Comment | None:
    """The comment that is answered; none for a new thread. Raises CommentRefused."""
    if not text:
        return None
    pk = read_id(text)
    thread = Comment.objects.filter(pk=pk).first() if pk is not None else None
    if thread is None:
        raise errors.CommentRefused("The thread that this answers is not one of this item. Start a new one.")
    return thread


def _show_again(
    request: HttpRequest, review: Review, sent: dict[str, str], error: errors.CommentRefused
) -> HttpResponse:
    """The page as it was, with what was typed and a sentence beside it."""
    dossiers = load_dossiers(_read_shown(request, review).reviews)
    dossier = next((dossier for dossier in dossiers if dossier.review.pk == review.pk), None)
    if dossier is None:
        return _refuse_unknown(request)
    _put_back(dossier, read_id(request.POST.get("thread", "")), sent, error)
    return render_review(request, dossiers, status=400)


def _put_back(dossier: Dossier, thread_id: int | None, sent: dict[str, Any], error: errors.CommentRefused) -> None:
    """What was typed goes into the box of its thread; where that is gone, into the one for a new comment."""
    discussion = dossier.discussion
    thread = next((thread for thread in discussion.open if thread.pk == thread_id), None)
    refused = (thread.form if thread else discussion.form).with_refusal(sent, error)
    discussion.refused = refused
    if thread:
        thread.form = refused
    else:
        discussion.form = refused


def _read_shown(request: HttpRequest, review: Review) -> Selection:
    shown = read_selection(request.POST, name="shown")
    if review.pk in [other.pk for other in shown.reviews]:
        return shown
    alone = request.POST.copy()
    alone.setlist("shown", [str(review.pk)])
    return read_selection(alone, name="shown")


def _back_to(request: HttpRequest, review: Review) -> HttpResponse:
    """To the page from which it was sent: the item, or the items that lay there together."""
    shown = [str(other.pk) for other in _read_shown(request, review).reviews]
    query = request.POST.copy()
    query.clear()
    if read_back(request):
        query["back"] = read_back(request)
    if len(shown) > 1:
        query.setlist("items", shown)
    url = reverse("desk:batch") if len(shown) > 1 else reverse("desk:item", args=[review.pk])
    return redirect(f"{url}{'?' if query else ''}{query.urlencode()}#comments-{review.pk}")


def _nothing_written(request: HttpRequest, review: Review) -> HttpResponse:
    # Somebody had to sign in on the way; what they had typed was not sent.
    messages.warning(request, "Nothing was written. Type your comment again.")
    return redirect(f"{reverse('desk:item', args=[review.pk])}#comments-{review.pk}")


def _refuse_unknown(request: HttpRequest) -> HttpResponse:
    return render_notice(request, title="Not found", sentence=_NOT_FOUND, status=404)
