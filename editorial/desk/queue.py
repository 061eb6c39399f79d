"""The lists of the desk: what waits, why, since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from editorial.desk.access import desk_view, render_desk
from editorial.desk.filters import FilterForm, list_address, narrow
from editorial.desk.rows import list_rows, with_what_rows_show
from editorial.desk.saved_lists import SaveListForm, list_saved
from editorial.models import Review, User
from editorial.worklists import Worklist, count_each, list_worklists, may_decide

PAGE_SIZE = 50
ALWAYS_SHOWN = ("waiting", "all")
MOST_COUNTED = 10_000
"""Of a list that is not open nobody needs to know how many more it has."""


@dataclass(frozen=True)
class Tab:
    """A link to a list, with the filters that are set."""

    label: str
    count: str
    query: str
    is_here: bool


@dataclass(frozen=True)
class TabGroup:
    label: str
    tabs: Sequence[Tab]
    empty: Sequence[Tab] = ()
    """Lists with nothing in them, which are tucked away."""


@desk_view
@require_safe
def show_queue(request: HttpRequest) -> HttpResponse:
    return render_queue(request, request.GET)


def render_queue(
    request: HttpRequest, data: QueryDict, *, save_form: SaveListForm | None = None, status: int = 200
) -> HttpResponse:
    """The list that `data` names, with its filters. `save_form` is one that was sent and refused."""
    user, at = request.user, timezone.now()
    form = FilterForm(data)
    chosen = form.chosen()
    lists = {worklist.name: worklist for worklist in list_worklists()}
    asked = data.get("tab") or _first(user)
    here = lists.get(asked, lists[_first(user)])
    found = narrow(Review.objects.all(), chosen)
    most = {name: MOST_COUNTED for name in lists if name != here.name}
    counts = count_each(lists.values(), user, on=at.date(), among=found, most=most)
    paginator = Paginator(with_what_rows_show(here.find(user, on=at.date(), among=found), user), PAGE_SIZE)
    paginator.count = counts[here.name]
    page = paginator.get_page(data.get("page"))
    query = {"tab": here.name, **chosen}
    rows = list_rows(list(page), worklist=here, conditions=form.conditions, at=at)
    context = {
        "form": form,
        "problems": [] if asked == here.name else [f"There is no list “{asked[:40]}”. This is the first one."],
        "groups": _group_tabs(lists.values(), user, counts, here=here, chosen=chosen),
        "saved": list_saved(user),
        "save_form": save_form or SaveListForm(user=user),
        "query": urlencode(query),
        "here": here,
        "page": page,
        "rows": rows,
        "has_reviewers": any(row.review.reviewer or row.review.due_on for row in rows),
        "back": urlencode({**query, "page": page.number}),
        "is_filtered": bool(chosen),
        "condition": chosen.get("condition"),
        "condition_name": dict(form.conditions.values()).get(chosen.get("condition", "")),
    }
    return render_desk(request, "queue.html", context, title="Review desk", status=status)


def _say_count(count: int, is_exact: bool) -> str:
    return str(count) if is_exact or count <= MOST_COUNTED else f"{MOST_COUNTED}+"


def _first(user: User) -> str:
    """Name of the list that a person finds when they open the desk."""
    return "to-review" if may_decide(user) else "waiting"


def _group_tabs(
    lists: Sequence[Worklist], user: User, counts: Mapping[str, int], *, here: Worklist, chosen: dict[str, str]
) -> list[TabGroup]:
    """One's own lists, then everybody's, of which the empty ones are tucked away."""

    def link(worklist: Worklist) -> Tab:
        query = list_address(worklist.name, chosen)
        return Tab(worklist.label, _say_count(counts[worklist.name], worklist is here), query, worklist is here)

    own = [worklist for worklist in lists if worklist.is_own and (worklist.concerns(user) or worklist is here)]
    shared = [worklist for worklist in lists if not worklist.is_own]
    shown = [w for w in shared if counts[w.name] or w is here or w.name in ALWAYS_SHOWN]
    empty = [worklist for worklist in shared if worklist not in shown]
    groups = [
        TabGroup("Mine", [link(worklist) for worklist in own]),
        TabGroup("Everybody’s", [link(worklist) for worklist in shown], [link(worklist) for worklist in empty]),
    ]
    return [group for group in groups if group.tabs]
