"""To save the list on the screen under a name, and to remove a saved one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from editorial.desk.access import desk_view, render_notice
from editorial.desk.filters import FilterForm, list_address, reduce_query
from editorial.desk.pages import queue_url
from editorial.desk.queue import render_queue
from editorial.desk.saved_lists import SaveListForm, find_own, remove

METHODS = ["GET", "HEAD", "POST"]


@desk_view
@require_http_methods(METHODS)
def save_list(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _changed_nothing(request)
    sent = QueryDict(reduce_query(request.POST.get("query", "")))
    form = SaveListForm(request.POST, user=request.user)
    # What no list knows is not kept, so that the link goes on saying what it shows.
    query = list_address(sent.get("tab", ""), FilterForm(sent).chosen())
    if not form.is_valid() or form.save(query) is None:
        return render_queue(request, sent, save_form=form, status=400)
    messages.success(request, f"Saved as “{form.cleaned_data['name']}”.")
    return redirect(queue_url(query))


@desk_view
@require_http_methods(METHODS)
def remove_list(request: HttpRequest, list_id: int) -> HttpResponse:
    if request.method != "POST":
        return _changed_nothing(request)
    saved = find_own(request.user, list_id)
    if saved is None:
        return render_notice(request, title="Not found", sentence="You have no such saved list.", status=404)
    remove(saved)
    messages.success(request, f"“{saved.name}” is no longer among your saved lists. The items in it stay as they are.")
    return redirect(queue_url(reduce_query(request.POST.get("back", ""))))


def _changed_nothing(request: HttpRequest) -> HttpResponse:
    # Somebody had to sign in on the way; what they had typed was not sent.
    messages.warning(request, "Nothing was saved or removed. Try it again.")
    return redirect(queue_url(""))
