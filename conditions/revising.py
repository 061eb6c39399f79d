"""The next content of a condition from the one before, where nothing but the words of some facts is new.

What it gives is what `building.build_condition` makes of all approvals, byte for byte: tests compare the two, and an
audit builds every page anew. Where it cannot tell, it gives nothing, and the page is built.
"""

from collections.abc import Collection, Iterable, Sequence

from conditions.building import Surroundings, approved_content, build_fact, list_retired_sources, list_signed
from conditions.content import (
    ConditionContent,
    FactContent,
    FrozenFact,
    FrozenSubtype,
    QuantityContent,
    ReferenceContent,
    SourceContent,
    TopicContent,
)
from editorial.models import Decision
from editorial.outlines import Outline
from editorial.registry import Frozen
from editorial.revisers import Revision
from editorial.workflow import Action


def has_form(content: Frozen) -> bool:
    """Whether the content has exactly the fields of today."""
    facts, references = content.get("facts", ()), content.get("references", {})
    return all(
        part.keys() == form.model_fields.keys()
        for form, parts in (
            (ConditionContent, [content]),
            (ReferenceContent, references.values()),
            (FrozenSubtype, content.get("subtypes", ())),
            (FactContent, facts),
            (TopicContent, [fact.get("topic", {}) for fact in facts]),
            (SourceContent, [source for fact in facts for source in fact.get("sources", ())]),
            (QuantityContent, [fact["quantity"] for fact in facts if fact.get("quantity")]),
        )
        for part in _unlike(parts)
    )


def revise_condition(
    old: Frozen, decisions: Sequence[Outline], new: Sequence[Decision], gone: Collection[int]
) -> Revision | None:
    """The content with these new approvals in place of those that are gone; None where more is another.

    The old one has the form of today (`has_form`). `decisions` are all that the new content is made of.
    """
    if any(d.action != Action.APPROVE or d.review.kind != "fact" for d in new):
        return None
    approved = {d.review.key: d for d in new}
    places = {fact["key"]: place for place, fact in enumerate(old["facts"]) if fact["key"] in approved}
    if {old["facts"][place]["approval"] for place in places.values()} != set(gone) or places.keys() != approved.keys():
        return None
    around = _look_around(old, decisions)
    made = {places[key]: _revise_fact(old["facts"][places[key]], d, around) for key, d in approved.items()}
    if None in made.values():
        return None
    facts = [made.get(place) or fact for place, fact in enumerate(old["facts"])]
    content = {**old, **list_signed(decisions), "facts": facts}
    return Revision(
        content,
        before={**old, "facts": [old["facts"][place] for place in made]},
        after={**content, "facts": list(made.values())},
    )


def _look_around(old: Frozen, decisions: Sequence[Outline]) -> Surroundings:
    return Surroundings(
        references={key: reference["integrity"] for key, reference in old["references"].items()},
        retired=list_retired_sources(decisions),
        subtypes={subtype["slug"] for subtype in old["subtypes"]},
    )


def _revise_fact(old: Frozen, decision: Decision, around: Surroundings) -> Frozen | None:
    """The fact as readers get it, or None where it moves on the page or changes the words of its topic."""
    fact = FrozenFact.model_validate(approved_content(decision))
    if fact.topic.model_dump() != old["topic"] or fact.position != old["position"] or decision.reviewed_on is None:
        return None
    made = build_fact(decision, fact, around, topic=fact.topic, reviewed_on=decision.reviewed_on)
    return made.model_dump(mode="json")


def _unlike(parts: Iterable[Frozen]) -> Iterable[Frozen]:
    """Of those with the same fields in the same order, as most are, one."""
    return {tuple(part): part for part in parts}.values()
