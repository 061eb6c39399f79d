"""What machines read in the pages about conditions, in words of schema.org: only what is visible on the very page.

Nodes have the address of their page as @id, in English whatever the language of the interface, so that one condition is
one thing on all pages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import get_language

from conditions.bibliography import list_identifiers
from conditions.composing import list_codes, list_other_names, name_of_condition
from conditions.content import CitationContent, ConditionContent, FactContent
from conditions.glossary import Entry
from conditions.naming import Name
from conditions.presenting import INTEGRITY, Reference
from conditions.reviewing import ReviewNote
from editorial.json_ld import Node, without_empty
from editorial.languages import CONTENT_LANGUAGE, local_path
from editorial.site import MAIN_PAGES, NAME, absolute_url


@dataclass(frozen=True)
class _Said:
    """How a topic's facts in short are said: as things with a type of their own, or as texts where there is none."""

    name: str
    type: str = ""
    field: str = "name"


# By the topic's aspect. Facts that are statements about a symptom, a treatment or a test are none themselves.
_THINGS = {
    "Symptoms": _Said("signOrSymptom", "MedicalSymptom"),
    "Treatments": _Said("possibleTreatment", "MedicalTherapy"),
    "Diagnosis": _Said("typicalTest", "MedicalTest"),
}
_TEXTS = {"epidemiology": _Said("epidemiology"), "Prognosis": _Said("expectedPrognosis")}
_STATEMENTS = ("statement", "unknown")
# By the topic itself, where schema.org divides more finely than its own aspects do.
_CAUSES = "causes"
_CAUSE = _Said("cause", "MedicalCause", "description")
_RISKS = "risk-factors"
_RISK = _Said("riskFactor", "MedicalRiskFactor")
_SOURCE_TYPES = {"article-journal": "ScholarlyArticle", "chapter": "Chapter", "book": "Book", "report": "Report"}


def describe_website() -> Node:
    return {"@type": "WebSite", "@id": absolute_url("/#website"), "url": absolute_url("/"), "name": NAME}


def describe_page(
    kind: str,
    path: str,
    name: str,
    *,
    review: ReviewNote | None,
    cited: Iterable[str] = (),
    version: int = 0,
) -> Node:
    """The page itself. `kind` is its type; `path` its address, with the language of the interface; `cited` are keys."""
    return without_empty(
        **{"@type": kind, "@id": absolute_url(path), "url": absolute_url(path)},
        name=name,
        inLanguage=list(dict.fromkeys([get_language(), CONTENT_LANGUAGE])),
        isPartOf=describe_website(),
        dateModified=review and review.changed_on.isoformat(),
        lastReviewed=review and review.reviewed_on and review.reviewed_on.isoformat(),
        reviewedBy=[{"@type": "Person", "name": person} for person in review.reviewers] if review else [],
        version=version,
        citation=[{"@id": _source_id(key)} for key in islice(cited, MOST_CITED)],
    )


def describe_trail(path: str, name: str) -> Node:
    """How one comes here from the first page, through the part of the site that holds the page."""
    parts = [(part, str(said)) for part, said in MAIN_PAGES if path.startswith(local_path(part))]
    steps = [("/", NAME), *parts]
    places = [(absolute_url(local_path(part)), said) for part, said in steps]
    if places[-1][0] != absolute_url(path):
        places.append((absolute_url(path), name))
    return {"@type": "BreadcrumbList", "itemListElement": list_items(places)}


def list_items(places: Iterable[tuple[str, str]]) -> list[Node]:
    """(address, name) as entries with their numbers."""
    return [
        {"@type": "ListItem", "position": number, "item": url, "name": name}
        for number, (url, name) in enumerate(places, start=1)
    ]


def describe_condition_page(
    content: ConditionContent,
    *,
    in_short: Node,
    cited: Iterable[str],
    review: ReviewNote,
    path: str,
    version: int,
) -> list[Node]:
    """`in_short` is what its facts say in short, `cited` are the keys of its sources."""
    name = name_of_condition(content)
    condition = {
        **name_condition(name, list_other_names(content)),
        "description": content.definition,
        **without_empty(code=list(_list_codes(content))),
        **in_short,
    }
    page = describe_page("MedicalWebPage", path, name.full, review=review, cited=cited, version=version)
    return [{**page, "about": {"@id": condition["@id"]}}, condition, describe_trail(path, name.full)]


def name_condition(name: Name, others: Sequence[str] = ()) -> Node:
    known = [other for other in (name.abbreviation, *others) if other]
    return without_empty(
        **{"@type": "MedicalCondition", "@id": condition_id(name.slug)}, name=name.name, alternateName=known
    )


def condition_id(slug: str) -> str:
    return absolute_url(f"/conditions/{slug}/#condition")


def list_in_short(facts: Iterable[FactContent]) -> Node:
    """The properties that say what the key facts say, in their short form; of risks, their names."""
    properties: Node = {}
    for fact in facts:
        for said, text in _say(fact):
            node = {"@type": said.type, said.field: text} if said.type else text
            properties.setdefault(said.name, []).append(node)
    return properties


def _say(fact: FactContent) -> Iterator[tuple[_Said, str]]:
    if fact.has_withdrawn_source:
        return  # The page says so beside it, and here nothing could.
    topic = fact.topic
    if topic.slug == _RISKS and fact.kind == "item" and fact.prominence in ("key", "main"):
        yield _RISK, fact.label or fact.text
    if fact.prominence != "key" or not fact.short or not topic.in_table:
        return
    if topic.aspect in _THINGS and fact.kind not in _STATEMENTS:
        yield _THINGS[topic.aspect], fact.short
    elif topic.aspect in _TEXTS:
        yield _TEXTS[topic.aspect], fact.short
    elif topic.slug == _CAUSES:
        yield _CAUSE, fact.short


def _list_codes(content: ConditionContent) -> Iterator[Node]:
    for code in list_codes(content):
        if code.code:
            yield {"@type": "MedicalCode", "codingSystem": code.system, "codeValue": code.code}
        for value, meaning in code.detail:
            yield {"@type": "MedicalCode", "codingSystem": code.system, "codeValue": value, "name": meaning}


def describe_source_page(source: CitationContent, *, path: str) -> list[Node]:
    identifiers = list_identifiers(source)
    work = without_empty(
        **{"@type": _SOURCE_TYPES.get(source.type, "CreativeWork"), "@id": _source_id(source.key)},
        name=source.title,
        creditText=source.reference.text,
        creativeWorkStatus=str(INTEGRITY.get(source.integrity, "")),
        identifier=[
            {"@type": "PropertyValue", "propertyID": found.name, "value": found.value}
            for found in identifiers
            if found.value != found.url
        ],
        sameAs=[found.url for found in identifiers],
    )
    page = describe_page("WebPage", path, source.title, review=None)
    return [{**page, "mainEntity": {"@id": work["@id"]}}, work, describe_trail(path, source.title)]


def describe_glossary_page(
    entries: Iterable[Entry], *, name: str, path: str, review: ReviewNote, references: Iterable[Reference], version: int
) -> list[Node]:
    terms = {
        "@type": "DefinedTermSet",
        "@id": absolute_url("/glossary/#terms"),
        "name": name,
        "hasDefinedTerm": [_describe_term(entry) for entry in entries],
    }
    cited = (reference.key for reference in references)
    page = describe_page("MedicalWebPage", path, name, review=review, cited=cited, version=version)
    return [{**page, "mainEntity": {"@id": terms["@id"]}}, terms, describe_trail(path, name)]


def _describe_term(entry: Entry) -> Node:
    return without_empty(
        **{"@type": "DefinedTerm", "@id": absolute_url(f"/glossary/#{entry.anchor}")},
        name=entry.name,
        alternateName=entry.abbreviation,
        description=entry.definition,
    )


MOST_CITED = 40
"""Sources that a page names to machines; the first ones, on which its answer and its key facts rest."""


def _source_id(key: str) -> str:
    return absolute_url(f"/sources/{key}/#source")
