"""FAQs as their list and their pages show them: plain values and pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from comparisons.content import FAQContent
from conditions.markdown import cited_keys
from conditions.named import PublicPage
from conditions.paging import Page, count_pages
from conditions.presenting import References
from editorial.languages import local_path

# What editions.list_public is asked for.
LIST_FIELDS = {"question": "question", "conditions": "conditions", "comparisons": "comparisons", "position": "position"}
OTHER = gettext_lazy("Other questions")
MOST_ON_A_PAGE = 100


@dataclass(frozen=True)
class Question:
    slug: str
    text: str

    @property
    def url(self) -> str:
        return local_path(f"/faqs/{self.slug}/")


@dataclass(frozen=True)
class QuestionGroup:
    """Questions about one comparison, or about the same conditions."""

    heading: str
    url: str
    questions: list[Question]


def group_questions(rows: Iterable[Mapping[str, Any]], pages: Sequence[PublicPage]) -> list[QuestionGroup]:
    """The rows of editions.list_public by what they are about; `pages` are the public conditions and comparisons.

    A question stands under each of its public comparisons, else under its public conditions together.
    """
    by_id = {(page.kind, page.subject_id): page for page in pages}
    groups: dict[tuple[str, str], list[Question]] = {}
    for row in sorted(rows, key=lambda row: (row["position"], row["slug"])):
        for heading in _headings(row, by_id):
            groups.setdefault(heading, []).append(Question(row["slug"], row["question"]))
    ordered = sorted(groups, key=lambda heading: (heading[0] == str(OTHER), heading[1] == "", heading[0].casefold()))
    return [QuestionGroup(*heading, groups[heading]) for heading in ordered]


def cut_groups(groups: Sequence[QuestionGroup], number: int, *, condition: str) -> Page[QuestionGroup]:
    """The groups of one page of the list: so many whole ones as hold about MOST_ON_A_PAGE questions.

    Raises Http404 when there is no such page.
    """
    pages: list[list[QuestionGroup]] = [[]]
    for group in groups:
        if pages[-1] and sum(len(one.questions) for one in pages[-1]) + len(group.questions) > MOST_ON_A_PAGE:
            pages.append([])
        pages[-1].append(group)
    count = count_pages(len(pages), 1, number)
    return Page(pages[number - 1], number, count, urlencode({"condition": condition}) if condition else "")


def is_related(content: FAQContent) -> Q:
    """Finds the pages of what the question is about, and the questions about the same comparison, else condition."""
    about = [f"comparison:{pk}" for pk in content.comparisons] or [f"condition:{pk}" for pk in content.conditions]
    pages = Q(kind__in=("comparison", "condition"), subject_id__in=[*content.comparisons, *content.conditions])
    return pages | (Q(kind="faq", tags__overlap=about) & ~Q(subject_id=content.id))


def answer_with_marks(content: FAQContent, references: References) -> tuple[SafeString, SafeString]:
    """(answer as HTML, marks of the listed sources that the answer itself does not cite)."""
    answer = references.prose(content.answer)
    cited = set(cited_keys(content.answer))
    return answer, references.marks(key for key in content.citations if key not in cited)


def _headings(row: Mapping[str, Any], by_id: Mapping[tuple[str, int], PublicPage]) -> list[tuple[str, str]]:
    comparisons = [by_id["comparison", pk] for pk in row["comparisons"] if ("comparison", pk) in by_id]
    if comparisons:
        return [(page.name, page.url) for page in comparisons]
    conditions = [by_id["condition", pk] for pk in row["conditions"] if ("condition", pk) in by_id]
    if not conditions:
        return [(str(OTHER), "")]
    conditions.sort(key=lambda page: (page.position, page.name.casefold()))
    return [(" and ".join(page.name for page in conditions), conditions[0].url if len(conditions) == 1 else "")]
