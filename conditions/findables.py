"""What of a condition, a source and the glossary readers can search for. Pure: from an edition's content alone."""

from conditions.content import CitationContent, ConditionContent, FrozenSubtype, GlossaryContent
from editorial.extracts import Findable
from editorial.registry import Frozen
from editorial.searching.words import list_names

_TIERS = {"key": 2, "main": 3}
_DETAIL, _SOURCE = 4, 5


def list_condition_findables(content: Frozen) -> list[Findable]:
    """The condition, its forms and its facts. Of facts there are hundreds, so they are read as they are."""
    condition = ConditionContent.model_validate({**content, "facts": (), "references": {}})
    subtypes = {subtype.slug: subtype.name for subtype in condition.subtypes}
    return [
        _condition(condition),
        *(_form(condition, subtype) for subtype in condition.subtypes),
        *(_fact(condition, fact, subtypes.get(fact["subtype"], "")) for fact in content["facts"]),
    ]


def list_source_findables(content: Frozen) -> list[Findable]:
    source = CitationContent.model_validate(content)
    found = Findable(
        kind="source",
        address=f"/sources/{source.key}/",
        title=source.title,
        tier=_SOURCE,
        text=source.reference.text,
        is_suggested=False,
    )
    return [found]


def list_glossary_findables(content: Frozen) -> list[Findable]:
    return [
        Findable(
            kind="term",
            address=f"/glossary/#term-{term.slug}",
            title=term.preferred,
            tier=1,
            text=term.definition,
            short=term.abbreviation,
            names=list_names(term.preferred, term.abbreviation),
            abbreviation=term.abbreviation,
        )
        for term in GlossaryContent.model_validate(content).terms
    ]


def _condition(condition: ConditionContent) -> Findable:
    others = (condition.abbreviation, *condition.also_known_as)
    return Findable(
        kind="condition",
        address=f"/conditions/{condition.slug}/",
        title=condition.name,
        tier=0,
        text=condition.definition,
        short=" ".join(others),
        more=f"{condition.category} {condition.body_system}",
        names=list_names(condition.name, *others),
        about=(condition.id,),
        abbreviation=condition.abbreviation,
        position=condition.position,
    )


def _form(condition: ConditionContent, subtype: FrozenSubtype) -> Findable:
    return Findable(
        kind="form",
        address=f"/conditions/{condition.slug}/#form-{subtype.slug}",
        title=subtype.name,
        tier=1,
        text=subtype.definition,
        context=condition.name,
        short=subtype.abbreviation,
        names=list_names(subtype.name, subtype.abbreviation),
        about=(condition.id,),
        abbreviation=subtype.abbreviation,
    )


def _fact(condition: ConditionContent, fact: Frozen, subtype: str) -> Findable:
    """Titled by its own short words, or by its topic where it has none."""
    own, topic = fact["label"] or fact["short"], fact["topic"]
    feature = fact["quantity"]["feature"] if fact["quantity"] else ""
    return Findable(
        kind="fact",
        address=f"/conditions/{condition.slug}/#fact-{fact['key']}",
        title=own or topic["name"],
        tier=_TIERS.get(fact["prominence"], _DETAIL),
        text=fact["text"],
        context=condition.name,
        short=fact["short"] if fact["label"] else "",
        more=f"{topic['name']} {topic['question']} {fact['group']} {subtype} {feature}",
        about=(condition.id,),
        is_suggested=bool(own),
    )
