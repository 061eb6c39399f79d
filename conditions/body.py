"""What the page of a condition shows of its edition alone: HTML in the language of the answer. Pure.

It depends on nothing but the edition, so it can be kept beside it.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.template.loader import render_to_string

from conditions.composing import compose_condition
from conditions.content import ConditionContent, Value
from conditions.structured import MOST_CITED, list_in_short
from editorial.languages import content_lang, interface_lang


class Body(Value):
    content: ConditionContent
    """Without facts and references."""
    definition_marks: str
    help_anchor: str
    """Of what says when to get help; empty where nothing does."""
    contents: str
    facts: str
    """In which the words of the glossary are still to be marked."""
    sources: str
    marks: list[str]
    """Of sources, whose places are in the HTML: see `put_marks`."""
    cited: list[str]
    """Keys of the first sources, for machines."""
    in_short: dict[str, list[Any]]
    """What it says in short, for machines."""


def make_body(
    content: ConditionContent, outcomes: Mapping[str, str], *, day: str = "", is_exported: bool = True
) -> Body:
    """`outcomes` says by key of a fact what became of reports from readers; `day` is that of an old version."""
    marks: list[str] = []
    page = compose_condition(content, outcomes, drawn=marks)
    context = {
        "page": page,
        "request": {"path": page.path},  # What the end of a section leads to, on a page that is asked for.
        "day": day,
        "exports_of": f"/conditions/{content.slug}/" if is_exported else "",
        "content_lang": content_lang(),
        "interface_lang": interface_lang(),
    }
    return Body(
        content=content.model_copy(update={"facts": [], "references": {}}),
        definition_marks=page.definition_marks,
        help_anchor=page.help.anchor if page.help else "",
        contents=render_to_string("conditions/_contents.html", context),
        facts=render_to_string("conditions/_facts.html", context),
        sources=render_to_string("conditions/_sources.html", context),
        marks=marks,
        cited=[reference.key for reference in islice(page.references, MOST_CITED)],
        in_short=list_in_short(content.facts),
    )
