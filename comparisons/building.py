"""Approvals → the content of comparisons and FAQs. `build_…` are pure: no queries."""

from collections.abc import Collection, Sequence

from comparisons.content import ComparisonContent, FAQContent, FrozenComparison, FrozenFAQ
from conditions.building import (
    add_citations,
    approved_content,
    build_references,
    find_own,
    gather_own,
    page_values,
)
from conditions.markdown import cited_keys
from editorial.models import Decision
from editorial.registry import Frozen, Gathered

Decisions = Sequence[Decision]


def gather(review_ids: Collection[int | None]) -> Gathered:
    """The decisions that comparisons or FAQs stand on: their own, and those of their sources."""
    gathered = gather_own(review_ids)
    keys = {
        owner: {key for d in own if d.content for key in source_keys(approved_content(d))}
        for owner, own in gathered.items()
    }
    return add_citations(gathered, keys)


def source_keys(content: Frozen) -> set[str]:
    """Keys of all sources that the frozen comparison or FAQ cites, in lists and in its Markdown."""
    texts = [content["answer"], content.get("summary", "")]
    texts += [section["lead"] for section in content.get("sections", ())]
    texts += [point["text"] for point in content.get("points", ())]
    listed = [key for point in content.get("points", ()) for key in point["citations"]]
    return {*(key for text in texts for key in cited_keys(text)), *listed, *content.get("citations", ())}


def build_comparison(decisions: Decisions, review_id: int | None) -> ComparisonContent | None:
    own = find_own(decisions, review_id)
    if own is None:
        return None
    references = build_references(decisions)
    values = FrozenComparison.model_validate(approved_content(own)).model_dump()
    for point in values["points"]:
        point["citations"] = [key for key in point["citations"] if key in references]
    return ComparisonContent(**values, **page_values(decisions, references), id=own.review_id, approval=own.pk)


def build_faq(decisions: Decisions, review_id: int | None) -> FAQContent | None:
    own = find_own(decisions, review_id)
    if own is None:
        return None
    references = build_references(decisions)
    values = FrozenFAQ.model_validate(approved_content(own)).model_dump()
    values["citations"] = [key for key in values["citations"] if key in references]
    return FAQContent(**values, **page_values(decisions, references), id=own.review_id, approval=own.pk)
