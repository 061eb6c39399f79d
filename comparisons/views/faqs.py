"""All questions, and each question with its answer."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comparisons.answering import Choice, NoSuchPage, WrongFilter, answer
from comparisons.asking import Asked, read_question
from comparisons.content import FAQContent
from comparisons.known import Known
from comparisons.questions import LIST_FIELDS, QuestionGroup, answer_with_marks, cut_groups, group_questions, is_related
from comparisons.share_pictures import picture_faq
from comparisons.structured import describe_faq_list, describe_faq_page
from comparisons.views.search import keep_secret, read_wanted
from conditions.glossary import list_terms
from conditions.markdown import plain
from conditions.named import FIELDS as PAGE_FIELDS
from conditions.named import PublicPage, list_pages
from conditions.paging import MOST_LISTED, read_number
from conditions.presenting import References, say_date
from conditions.reading import read_one
from conditions.responses import read_day, reads_editions
from conditions.reviewing import note_review
from editorial import editions
from editorial.kept_lists import KeptList
from editorial.query_names import reads_query

MOST_RELATED = 8


@require_safe
@reads_query("q", "condition", "page")
def faq_list(request: HttpRequest) -> HttpResponse:
    """All questions by what they are about, or those that a search finds."""
    asked = read_question(request.GET.get("q", ""))
    if asked.words:
        return _search(request, asked)
    wanted = request.GET.get("condition", "")
    pages, found = (_PAGES.get(), []) if wanted else _GROUPED.get()
    conditions = [page for page in pages if page.kind == "condition"]
    chosen = next((page for page in conditions if page.slug == wanted), None)
    if wanted:
        found = _group(pages, tag=f"condition:{chosen.subject_id}" if chosen else "")
    page = cut_groups(found, read_number(request.GET), condition=chosen.slug if chosen else "")
    groups = page.items
    context = {
        "asked": asked,
        "groups": groups,
        "page": page,
        "structured": describe_faq_list(groups, name=_("Questions and answers"), path=request.path),
        "filters": _list_filters(conditions, chosen),
        "is_noindex": bool(request.GET),
    }
    if wanted and chosen is None:
        context["problem"] = _("There is no such condition here. Choose one from the list.")
    response = render(request, "comparisons/faq_list.html", context, status=400 if "problem" in context else 200)
    return keep_secret(response) if asked.text else response


def _list_pages() -> list[PublicPage]:
    return list_pages("comparison", "condition")


def _list_grouped() -> tuple[list[PublicPage], list[QuestionGroup]]:
    """What questions can be about, and all questions by that. Two queries."""
    pages = _list_pages()
    return pages, _group(pages)


def _group(pages: Sequence[PublicPage], *, tag: str = "") -> list[QuestionGroup]:
    return group_questions(editions.list_public("faq", fields=LIST_FIELDS, tag=tag), pages)


_PAGES = KeptList("comparison", "condition", fields=PAGE_FIELDS, read=_list_pages)
_GROUPED = KeptList("faq", "comparison", "condition", fields={**PAGE_FIELDS, **LIST_FIELDS}, read=_list_grouped)


def _list_filters(conditions: Sequence[PublicPage], chosen: PublicPage | None) -> list[Choice]:
    """Where they are many the search finds the questions about one of them."""
    if len(conditions) > MOST_LISTED:
        conditions = [chosen] if chosen else []
    every = Choice(_("Any condition"), "", None, chosen is None)
    return [every, *(Choice(page.name, f"condition={page.slug}", None, page == chosen, True) for page in conditions)]


def _search(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Three queries at most."""
    context: dict[str, Any] = {"asked": asked, "is_noindex": True}
    status = 200
    known = Known(asked.words, condition=request.GET.get("condition", ""), has_list=False)
    try:
        context["answer"] = answer(known, read_wanted(request, asked, only_kind="faq"))
    except WrongFilter as wrong:
        context["problem"], status = str(wrong), 400
    except NoSuchPage:
        context["problem"], status = _("There are not so many pages of results."), 404
    return keep_secret(render(request, "comparisons/faq_list.html", context, status=status))


@require_safe
@reads_editions
@reads_query("as_of")
def faq_detail(request: HttpRequest, slug: str) -> HttpResponse:
    day = read_day(request)
    if day is None:
        current = edition = editions.get_current("faq", slug)
    else:
        current, edition = editions.get_as_of("faq", slug, day)
    reading = read_one(FAQContent, current, edition)
    content = reading.content
    references = References(content.references)
    answer_html, more_marks = answer_with_marks(content, references)
    related = list_pages("comparison", "condition", "faq", where=is_related(content))
    context = {
        "reading": reading,
        "review": note_review([(_("This question"), edition, content)]),
        "day": say_date(day) if reading.is_old else "",
        "content": content,
        "share_picture": picture_faq(content.slug, content.question),
        "answer": answer_html,
        "summary": plain(content.answer),
        "more_marks": more_marks,
        "references": references,
        "terms": [] if day else list_terms(),
        "pages": [page for page in related if page.kind != "faq"],
        "questions": [page for page in related if page.kind == "faq"][:MOST_RELATED],
        "exports_of": f"/faqs/{slug}/" if day is None else "",
        "is_noindex": day is not None,
    }
    if day is None:
        context["structured"] = describe_faq_page(
            content,
            context["pages"],
            path=request.path,
            review=context["review"],
            references=references,
            version=edition.number,
        )
    return render(request, "comparisons/faq_detail.html", context)
