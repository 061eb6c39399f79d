"""Tells the editorial layer what this app has."""

from collections.abc import Iterable, Sequence
from textwrap import shorten

from django.utils.translation import gettext_lazy as _

from comparisons import building, checks, citing, findables, freezing, kept
from comparisons.content import ComparisonContent, FAQContent
from comparisons.models import FAQ, ComparedCondition, Comparison, Point, Section
from comparisons.reporting import INBOX
from conditions import changes
from conditions.markdown import plain
from conditions.models import Topic
from conditions.sources import list_passages
from editorial import registry
from editorial.dependencies import find_dependents
from editorial.languages import local_path
from editorial.models import Decision
from editorial.registry import Child, Frozen, Ground, Kind, Subject
from editorial.workflow import Action


def register() -> None:
    for kind in (_COMPARISON, _FAQ):
        registry.register_kind(kind)
    for subject in (_COMPARISON_PAGE, _FAQ_PAGE):
        registry.register_subject(subject)
    for maker in kept.list_makers():
        registry.register_part(maker)
    registry.register_recheck(_recheck_resting)
    registry.register_definition(Topic, _comparisons_with_topic)
    registry.register_inbox(INBOX)


def _comparisons_with_topic(topic: Topic) -> Iterable[tuple[str, Iterable[int]]]:
    sections = topic.sections.values_list("comparison_id", flat=True)
    points = topic.points.values_list("comparison_id", flat=True)
    yield "comparison", {*sections, *points}


def _stands_on(content: Frozen) -> set[str]:
    facts = {key for part in (*content.get("sections", ()), *content.get("points", ())) for key in part["rests_on"]}
    return {
        *(f"citation:{key}" for key in building.source_keys(content)),
        *(f"fact:{key}" for key in facts),
        *(f"condition:{review_id}" for review_id in content["conditions"]),
        *(f"comparison:{review_id}" for review_id in content.get("comparisons", ())),
    }


def _list_sentences(content: Frozen, name: str) -> list[str]:
    """The sections and points that rest on the fact of this name."""
    key = name.removeprefix("fact:")
    sections = [f"{s['heading']} {plain(s['lead'])}" for s in content["sections"] if key in s["rests_on"]]
    points = [plain(point["text"]) for point in content["points"] if key in point["rests_on"]]
    return [shorten(sentence, 300, placeholder=" …") for sentence in (*sections, *points)]


def _recheck_resting(decisions: Sequence[Decision]) -> Iterable[tuple[int, str]]:
    """A sentence that rests on a changed fact, or a page on a retired item, must be looked at again."""
    grounds = [d for d in decisions if d.review.kind == "fact" or d.action == Action.RETIRE]
    grounds = [d for d in grounds if d.review.kind in ("fact", "condition", "comparison")]
    for dependent, decision in find_dependents(grounds, kinds=["comparison", "faq"]):
        what = "was retired" if decision.action == Action.RETIRE else "has changed"
        yield dependent.review_id, f"The {decision.review.kind} “{decision.review.key}”, on which it rests, {what}."


def _comparison_tags(content: ComparisonContent) -> list[str]:
    picture = [f"picture:{content.picture.sha256}"] if content.picture else []
    conditions = [f"condition:{review_id}" for review_id in content.conditions]
    return [f"comparison:{content.id}", *conditions, *(f"citation:{key}" for key in content.references), *picture]


def _faq_tags(content: FAQContent) -> list[str]:
    return [
        *(f"condition:{review_id}" for review_id in content.conditions),
        *(f"comparison:{review_id}" for review_id in content.comparisons),
        *(f"citation:{key}" for key in content.references),
    ]


_COMPARISON = Kind(
    model=Comparison,
    load=freezing.load_comparisons,
    freeze=freezing.freeze_comparison,
    check=checks.check_comparisons,
    subjects=lambda decisions: {("comparison", decision.review_id) for decision in decisions},
    stands_on=_stands_on,
    passages=lambda content: list_passages(_stands_on(content)),
    children=(
        Child(ComparedCondition, "comparison", "columns", identity="condition_id"),
        Child(Section, "comparison", "sections"),
        Child(Point, "comparison", "points"),
    ),
    sentences=_list_sentences,
    condition_lookup="comparison__conditions__slug",
    prose=frozenset(
        {
            *("title", "answer", "summary", "picture.alt", "picture.credit"),
            *("sections.heading", "sections.lead", "sections.topic.name", "sections.topic.question"),
            *("points.text", "points.topic.name", "points.topic.question"),
        }
    ),
    order=frozenset(
        {
            *("sections", "sections.position", "sections.topic.position", "sections.topic.in_table"),
            *("points", "points.position", "points.topic.position", "points.topic.in_table"),
        }
    ),
)
_FAQ = Kind(
    model=FAQ,
    load=freezing.load_faqs,
    freeze=freezing.freeze_faq,
    check=checks.check_faqs,
    subjects=lambda decisions: {("faq", decision.review_id) for decision in decisions},
    stands_on=_stands_on,
    passages=lambda content: list_passages(_stands_on(content)),
    condition_lookup="faq__conditions__slug",
    prose=frozenset({"question", "answer"}),
    order=frozenset({"position"}),
)
_COMPARISON_PAGE = Subject(
    name="comparison",
    gather=building.gather,
    build=building.build_comparison,
    slug=lambda content: content.slug,
    tags=_comparison_tags,
    findables=findables.list_comparison_findables,
    cited=citing.list_in_comparison,
    describe=changes.describe_page,
    url=lambda slug: local_path(f"/compare/{slug}/"),
    ground=Ground("condition", "conditions", _("This comparison was withdrawn, because a condition in it was.")),
)
_FAQ_PAGE = Subject(
    name="faq",
    gather=building.gather,
    build=building.build_faq,
    slug=lambda content: content.slug,
    tags=_faq_tags,
    findables=findables.list_faq_findables,
    cited=citing.list_in_faq,
    describe=changes.describe_page,
    url=lambda slug: local_path(f"/faqs/{slug}/"),
)
