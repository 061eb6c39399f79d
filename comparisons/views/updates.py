"""What changed on the public pages, what was corrected, and both as a feed."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from comparisons.update_filter import UpdateFilter
from comparisons.updates import KINDS, PAGE_LENGTH, PAGES, Update, list_conditions, list_updates
from editorial.query_names import reads_query
from editorial.site import CLAIM, NAME, absolute_url

FEED_LENGTH = 50


@require_safe
@reads_query("condition", "kind", "page")
def update_list(request: HttpRequest) -> HttpResponse:
    return _answer(request, only_corrections=False)


@require_safe
@reads_query("condition", "kind", "page")
def correction_list(request: HttpRequest) -> HttpResponse:
    return _answer(request, only_corrections=True)


def _answer(request: HttpRequest, *, only_corrections: bool) -> HttpResponse:
    """One page of the list, by the filters; 400 with the form for a filter that is none. Three queries."""
    conditions = list_conditions()
    form = UpdateFilter(request.GET, conditions=conditions)
    context: dict[str, Any] = {"form": form, "only_corrections": only_corrections}
    if not form.is_valid():
        return render(request, "comparisons/update_list.html", {**context, "is_noindex": True}, status=400)
    number, kind = form.cleaned_data["page"] or 1, form.cleaned_data["kind"]
    kinds = [kind] if kind else [*KINDS] if only_corrections else PAGES
    updates = list_updates(
        conditions, kinds=kinds, tag=form.tag, only_corrections=only_corrections, start=(number - 1) * PAGE_LENGTH
    )
    context |= {
        "updates": updates.lines,
        "newer": form.address(number - 1) if number > 1 else "",
        "older": form.address(number + 1) if updates.has_more else "",
    }
    return render(request, "comparisons/update_list.html", context)


class UpdateFeed(Feed):
    """The newest changes as an Atom feed, in the language of the content. Three queries."""

    feed_type = Atom1Feed
    language = "en"
    title = f"{NAME}: updates"
    subtitle = str(CLAIM)
    author_name = NAME

    def link(self) -> str:
        return absolute_url("/updates/")

    def feed_url(self) -> str:
        return absolute_url("/updates/feed/")

    def items(self) -> list[Update]:
        return list(list_updates(list_conditions(), limit=FEED_LENGTH).lines)

    def item_title(self, update: Update) -> str:
        return f"{_('Correction')}: {update.title}" if update.is_correction else update.title

    def item_description(self, update: Update) -> str:
        # Atom1Feed says that a summary is HTML.
        return escape(" ".join(filter(None, (update.note, f"{update.reviewed}." if update.reviewed else ""))))

    def item_link(self, update: Update) -> str:
        return absolute_url(update.history_url or "/updates/")

    def item_guid(self, update: Update) -> str:
        """A tag (RFC 4151): the same for good, whatever becomes of addresses and slugs."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},{update.at:%Y-%m-%d}:edition/{update.kind}/{update.subject_id}/{update.number}"

    def item_pubdate(self, update: Update) -> datetime:
        return update.at

    def item_updateddate(self, update: Update) -> datetime:
        return update.at


update_feed = require_safe(conditional_page(reads_query()(UpdateFeed())))
