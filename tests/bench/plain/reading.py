"""The queries of the plain pages, each with what its rows need beside them."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet
from django.utils.formats import date_format

from comparisons.models import FAQ, ComparedCondition, Comparison, Point, Section
from conditions.models import Citation, Condition, Fact, FactCitation, Subtype
from editorial.models import Decision, Edition
from editorial.site import absolute_url

_IS_PUBLIC = Q(review__approval__isnull=False)


def read_comparison(slug: str) -> Comparison:
    conditions = ComparedCondition.objects.select_related("condition").order_by("position", "pk")
    sections = Section.objects.select_related("topic").order_by("position", "pk")
    points = Point.objects.select_related("topic").prefetch_related(_citations("citations")).order_by("position", "pk")
    questions = FAQ.objects.filter(_IS_PUBLIC).order_by("position", "slug")
    related = (("columns", conditions), ("sections", sections), ("points", points), ("faqs", questions))
    found = Comparison.objects.filter(_IS_PUBLIC).prefetch_related(*(Prefetch(name, rows) for name, rows in related))
    return found.get(slug=slug)


def read_condition(slug: str) -> Condition:
    return (
        Condition.objects.filter(_IS_PUBLIC)
        .select_related("parent")
        .prefetch_related(_citations("definition_citations"), _citations("codes_citations"), _subtypes())
        .get(slug=slug)
    )


def read_facts(conditions: Iterable[Condition]) -> QuerySet[Fact]:
    """The public facts of the conditions in the order of their pages."""
    public = FactCitation.objects.filter(citation__review__approval__isnull=False)
    sources = Prefetch("sources", public.select_related("citation").defer("quote").order_by("position", "pk"))
    return (
        Fact.objects.filter(_IS_PUBLIC, condition__in=conditions)
        .select_related("topic", "subtype", "measure")
        .prefetch_related(sources)
        .order_by("topic__position", "topic__slug", "position", "key")
    )


def read_main_facts(conditions: Iterable[Condition]) -> QuerySet[Fact]:
    """Key and main facts, and what stands below those."""
    is_main, shown = Q(), ["key", "main"]
    for path in ("", "parent__", "parent__parent__"):
        is_main |= Q(**{f"{path}prominence__in": shown})
    return read_facts(conditions).filter(is_main)


def read_subtype_names(conditions: Iterable[Condition]) -> dict[int, dict[str, str]]:
    """By condition, then by slug."""
    names: dict[int, dict[str, str]] = {}
    for subtype in Subtype.objects.filter(condition__in=conditions):
        names.setdefault(subtype.condition_id, {})[subtype.slug] = subtype.name
    return names


def read_citations(texts: Iterable[str], keys: Iterable[str]) -> list[Citation]:
    """Those that the Markdown of these texts cites."""
    return list(Citation.objects.filter(_IS_PUBLIC, key__in=set(keys))) if any(texts) else []


def read_related(condition: Condition) -> dict[str, object]:
    """The condition's comparisons and questions, and the other conditions."""
    others = Condition.objects.filter(_IS_PUBLIC).exclude(pk=condition.pk).order_by("slug").only("slug", "name")
    return {
        "comparisons": condition.comparisons.filter(_IS_PUBLIC).order_by("slug").only("slug", "title"),
        "questions": condition.faqs.filter(_IS_PUBLIC).order_by("position", "slug").only("slug", "question"),
        "compared_with": [(o.name, f"/compare/?with={condition.slug}&with={o.slug}") for o in others],
        "parents": [condition.parent] if condition.parent else [],
    }


class ReviewNote:
    """How the page was reviewed: from the dates of what it is made of, and from the approvals of its facts."""

    def __init__(
        self, named: list[tuple[str, str, str]], conditions: list[Condition], *, also: Q | None = None, path: str = ""
    ) -> None:
        """`named` are (name, kind, slug) of what the page is made of; `also` finds what else dates it."""
        where = Q()
        for _, kind, slug in named:
            where |= Q(kind=kind, slug=slug)
        rows = list(Edition.objects.current().filter(where | also if also else where).defer("content", "manifest"))
        changed = max(row.content_changed_at for row in rows)
        self.reviewed_on = min((row.last_reviewed_on for row in rows if row.last_reviewed_on), default=None)
        self.due_on = min((row.review_due_on for row in rows if row.review_due_on), default=None)
        searched = min((c.evidence_searched_on for c in conditions if c.evidence_searched_on), default=None)
        self.last_changed, self.last_reviewed = _say(changed), _say(self.reviewed_on)
        self.next_due, self.evidence_searched = _say(self.due_on), _say(searched)
        self.reviewers, self.is_demonstration = read_reviewers(conditions)
        by_subject = {(row.kind, row.slug): row for row in rows}
        self.editions = [_line(name, by_subject[kind, slug]) for name, kind, slug in named]
        day = max(row.published_at for row in rows).date()
        self.permanent_url = absolute_url(
            f"{path}?as_of={day}" if path else f"{self.editions[0]['history_url']}{self.editions[0]['number']}/"
        )


def read_reviewers(conditions: Iterable[Condition]) -> tuple[list[str], bool]:
    """Names with credentials, and whether any of them is a demonstration account."""
    approvals = Decision.objects.filter(live_reviews__fact__condition__in=conditions).order_by()
    rows = approvals.values_list("actor_name", "actor_credentials", "is_demonstration").distinct()
    people = [(", ".join(filter(None, row[:2])), row[2]) for row in rows]
    return sorted({name for name, _ in people}), any(is_demonstration for _, is_demonstration in people)


def _line(name: str, row: Edition) -> dict[str, object]:
    history = f"/history/{row.kind}/{row.slug}/"
    return {"name": name, "number": row.number, "published": _say(row.published_at), "history_url": history}


def _say(day: object) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""  # type: ignore[arg-type]


def _citations(name: str) -> Prefetch:
    return Prefetch(name, Citation.objects.filter(_IS_PUBLIC).order_by("key"))


def _subtypes() -> Prefetch:
    return Prefetch("subtypes", Subtype.objects.prefetch_related(_citations("citations")).order_by("position", "slug"))
