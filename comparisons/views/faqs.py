"""All questions, and each question with its answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comparisons.content import FAQContent
from comparisons.questions import LIST_FIELDS, answer_with_marks, group_questions
from comparisons.share_pictures import picture_faq
from comparisons.structured import describe_faq_list, describe_faq_page
from conditions.glossary import list_terms
from conditions.markdown import plain
from conditions.named import list_pages
from conditions.presenting import References, say_date
from conditions.reading import read_one
from conditions.responses import read_day, reads_editions
from conditions.reviewing import note_review
from editorial import editions


@require_safe
def faq_list(request: HttpRequest) -> HttpResponse:
    rows = editions.list_public("faq", fields=LIST_FIELDS)
    groups = group_questions(rows, list_pages("comparison", "condition"))
    structured = describe_faq_list(groups, name=_("Questions and answers"), path=request.path)
    return render(request, "comparisons/faq_list.html", {"groups": groups, "structured": structured})


@require_safe
@reads_editions
def faq_detail(request: HttpRequest, slug: str) -> HttpResponse:
    day = read_day(request)
    if day is None:
        current = edition = editions.get_current("faq", slug)
    else:
        current, edition = editions.get_as_of("faq", slug, day)
    reading = read_one(FAQContent, current, edition)
    content = reading.content
    references = References(content.references)
    answer, more_marks = answer_with_marks(content, references)
    context = {
        "reading": reading,
        "review": note_review([(_("This question"), edition, content)]),
        "day": say_date(day) if reading.is_old else "",
        "content": content,
        "share_picture": picture_faq(content.slug, content.question),
        "answer": answer,
        "summary": plain(content.answer),
        "more_marks": more_marks,
        "references": references,
        "terms": [] if day else list_terms(),
        "pages": list_pages("comparison", "condition", ids={*content.comparisons, *content.conditions}),
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
