"""What the page of a condition and the glossary say on the word of a source. Pure: from an edition's content alone."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from conditions.content import ConditionContent, GlossaryContent
from conditions.markdown import cited_keys, plain
from editorial.cited import Cited
from editorial.languages import say_in_interface
from editorial.registry import Frozen

# A sentence ends with its stop, or with the sources that stand after it.
_SENTENCE = re.compile(r"\S.*?(?:[.!?:](?:\s*\[@[^\]]+\])?(?=\s+[^\sa-z(\[]|\s*$)|(?=\n\s*\n|\n\s*[-*] )|$)", re.DOTALL)


def list_in_condition(content: Frozen, key: str) -> list[Cited]:
    condition = ConditionContent.model_validate(content)
    return [*_list_definitions(condition, key), *_list_facts(condition, key)]


def list_in_glossary(content: Frozen, key: str) -> list[Cited]:
    terms = [term for term in GlossaryContent.model_validate(content).terms if key in term.citations]
    return [
        Cited(f"{term.preferred}: {term.definition}", say_in_interface(_("Glossary")), f"#term-{term.slug}")
        for term in terms
    ]


def list_sentences(text: str, key: str) -> list[str]:
    """The sentences of a Markdown text that cite the source, without Markdown."""
    found = _SENTENCE.finditer(text)
    return [plain(sentence.group()) for sentence in found if key in cited_keys(sentence.group())]


def _list_definitions(condition: ConditionContent, key: str) -> Iterator[Cited]:
    if key in condition.definition_citations:
        yield Cited(condition.definition, say_in_interface(_("Definition")))
    for subtype in condition.subtypes:
        if key in subtype.citations:
            yield Cited(f"{subtype.name}: {subtype.definition}", say_in_interface(_("Forms")), f"#form-{subtype.slug}")
    if key in condition.codes_citations:
        yield Cited(say_in_interface(_("The codes of the condition.")), say_in_interface(_("Codes")), "#codes")


def _list_facts(condition: ConditionContent, key: str) -> Iterator[Cited]:
    for fact in condition.facts:
        for source in fact.sources:
            if source.key == key:
                echo = fact.text.casefold().startswith(fact.label.casefold())
                text = fact.text if echo else ": ".join(filter(None, (fact.label, fact.text)))
                yield Cited(text, fact.topic.name, f"#fact-{fact.key}", source.bearing, source.locator)
