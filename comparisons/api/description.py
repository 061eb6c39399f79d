"""The OpenAPI document: what the types do not say, added to what they do."""

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from ninja import NinjaAPI

from comparisons.api.answering import VERSION
from comparisons.api.problems import MEDIA_TYPE, NOTHING_HERE, problem
from comparisons.api.schemas import SLUG, Problem
from editorial.site import LICENCE, NAME

Document = dict[str, Any]
PREFIX = "/api/v1/"
_EXAMPLES = Path(__file__).with_name("examples.json")
_ABOUT = (
    "The reviewed content of this site for machines, without a key and without an account. Every answer is made of "
    "editions: numbered, unchanging records of what was approved. It names them, when they were reviewed, and the "
    "page for readers. A fact keeps its sources and a number all its qualifiers: show them with it. "
    "This is general information and does not replace medical advice."
)
_PATH_PARAMETERS = {
    "slug": "The slug of it, as lists and addresses of pages have it.",
    "key": "The key of it, as lists have it.",
    "kind": "Which kind of subject.",
    "number": "Number of the edition; the first is 1.",
}
# Fields that many types have and that say the same in all of them.
_FIELDS = {
    "abbreviation": "The short name, if it has one.",
    "approval": "Number of the decision that approved it.",
    "conditions": "Slugs of the conditions.",
    "definition": "What it is, in plain words.",
    "evidence": "What sort of evidence the source is.",
    "integrity": "Whether the source still stands: current, corrected, concern, retracted or superseded.",
    "issued": "When the source came out: a year, a month or a day.",
    "key": "Its name in addresses; it never changes.",
    "limit": "How many at once.",
    "number": "The editions of a subject are numbered from 1.",
    "offset": "How many were left out before these.",
    "page_url": "The page for readers.",
    "position": "Its place among its like.",
    "published_at": "Since when it is public.",
    "references": "The sources that are cited, by key.",
    "results": "What is on this page of the list.",
    "reviewed_on": "When it was last reviewed.",
    "slug": "Its name in addresses of today.",
    "subtypes": "Its forms, and what is often taken for one (`is_separate`).",
    "text": "The words for readers.",
    "topics": "Topic by topic, in order.",
}
_REASONS = {
    "400": ("What was asked makes no sense; the sentence says why.", "“limit” is not right: input should be a number."),
    "404": ("There is no such thing, not on that day, or no such page of a list.", NOTHING_HERE),
    "410": ("It was public and was withdrawn.", "This page was withdrawn on 15 January 2026."),
}
_HEADERS = {
    "ETag": "Names this answer; send it as `If-None-Match` to be told 304 while nothing has changed.",
    "Cache-Control": "How long the answer may be kept.",
    "Access-Control-Allow-Origin": "Scripts of every site may read the answer.",
}


def describe(api: NinjaAPI) -> Document:
    """The whole document; the address of the server comes from SITE_URL."""
    document = deepcopy(_describe(api))
    text = json.dumps(document).replace("{SITE_URL}", settings.SITE_URL.rstrip("/"))
    return json.loads(text)


@cache
def _describe(api: NinjaAPI) -> Document:
    document: Document = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX)))
    document["info"] = {
        "title": f"{NAME}: API",
        "version": VERSION,
        "summary": "Reviewed facts, comparisons, questions and sources as data.",
        "description": _ABOUT,
        "license": {"name": LICENCE},
    }
    document["servers"] = [{"url": "{SITE_URL}"}]
    used = set(_list_references(document["paths"]))
    schemas = document["components"]["schemas"]
    while found := {name for one in used for name in _list_references(schemas[one])} - used:
        used |= found
    document["components"]["schemas"] = {name: schemas[name] for name in sorted(used)}
    document["components"]["schemas"]["Problem"] = Problem.model_json_schema()
    for schema in document["components"]["schemas"].values():
        for name, field in schema.get("properties", {}).items():
            if name in _FIELDS:
                field.setdefault("description", _FIELDS[name])
    examples = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    for path, operations in document["paths"].items():
        del operations["head"]  # As GET, without the body.
        _complete(path, operations["get"], examples)
    document["tags"] = [{"name": name} for name in dict.fromkeys(_list_tags(document))]
    return document


def _list_references(part: Any) -> Iterator[str]:
    """Names of the schemas that a part of the document uses."""
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].rpartition("/")[2]
        for value in part.values():
            yield from _list_references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _list_references(value)


def _list_tags(document: Document) -> Iterator[str]:
    return (tag for operations in document["paths"].values() for tag in operations["get"]["tags"])


def _complete(path: str, operation: Document, examples: Document) -> None:
    name = operation["operationId"]
    for parameter in operation["parameters"]:
        _complete_parameter(parameter)
    answer = operation["responses"]["200"]
    answer["description"] = operation["summary"] + "."
    answer["headers"] = {name: {"description": text, "schema": {"type": "string"}} for name, text in _HEADERS.items()}
    answer["content"]["application/json"]["example"] = examples[name]
    if any(parameter["name"] == "format" for parameter in operation["parameters"]):
        answer["content"]["text/csv"] = {"schema": {"type": "string"}, "example": examples[f"{name}.csv"]}
    has_address = "{" in path or name == "compare"
    if has_address:
        operation["responses"]["301"] = {"description": "It has another address today."}
    operation["responses"]["304"] = {"description": "Nothing has changed since the answer with this ETag."}
    for status in ("400", "404", "410") if has_address else ("400", "404"):
        operation["responses"][status] = _refusal(status)


def _complete_parameter(parameter: Document) -> None:
    schema = parameter["schema"]
    # Said once, beside the schema.
    schema.pop("title", None)
    schema.pop("description", None)
    if parameter["in"] != "path":
        return
    parameter["description"] = _PATH_PARAMETERS[parameter["name"]]
    if schema["type"] == "integer":
        schema["minimum"] = 1
    elif "enum" not in schema:
        schema["pattern"] = SLUG


def _refusal(status: str) -> Document:
    description, sentence = _REASONS[status]
    example = json.loads(problem(int(status), sentence).content)
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}}
    return {"description": description, "content": content}
