"""The page that describes the API, made of its OpenAPI document."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comparisons.api.description import Document, describe
from comparisons.api.urls import api
from editorial.query_names import reads_query
from editorial.site import LICENCE, absolute_url


@dataclass(frozen=True)
class Parameter:
    name: str
    is_required: bool
    values: str
    description: str


@dataclass(frozen=True)
class Outcome:
    status: str
    description: str


@dataclass(frozen=True)
class Example:
    heading: str
    text: str


@dataclass(frozen=True)
class Operation:
    anchor: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    outcomes: tuple[Outcome, ...]
    examples: tuple[Example, ...]


@require_safe
@reads_query()
def api_docs(request: HttpRequest) -> HttpResponse:
    document = describe(api)
    groups: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        operation = methods["get"]
        groups.setdefault(operation["tags"][0], []).append(_read_operation(path, operation))
    context = {
        "info": document["info"],
        "licence": LICENCE,
        "groups": list(groups.items()),
        "document_url": "/api/v1/openapi.json",
        "first_url": absolute_url("/api/v1/facts?prominence=key&limit=2"),
    }
    return render(request, "comparisons/api_docs.html", context)


def _read_operation(path: str, operation: Document) -> Operation:
    return Operation(
        anchor=operation["operationId"].replace("_", "-"),
        path=path,
        summary=operation["summary"],
        description=operation["description"],
        parameters=tuple(map(_read_parameter, operation["parameters"])),
        outcomes=tuple(Outcome(status, part["description"]) for status, part in operation["responses"].items()),
        examples=tuple(
            Example(media_type, _say_example(content["example"]))
            for media_type, content in operation["responses"]["200"]["content"].items()
        ),
    )


def _read_parameter(parameter: Document) -> Parameter:
    schema = parameter["schema"]
    return Parameter(parameter["name"], parameter["required"], _say_values(schema), parameter["description"])


def _say_values(schema: Document) -> str:
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if schema.get("format") == "date":
        return "YYYY-MM-DD"
    if schema["type"] == "array":
        return _("%(least)s to %(most)s times") % {"least": schema["minItems"], "most": schema["maxItems"]}
    if schema["type"] == "integer":
        return _say_range(schema)
    return _("a name")


def _say_range(schema: Document) -> str:
    least, most = schema["minimum"], schema.get("maximum")
    words = _("%(least)s or more") % {"least": least}
    if most is not None:
        words = _("%(least)s to %(most)s") % {"least": least, "most": most}
    return words + (_("; %(number)s if not said") % {"number": schema["default"]} if "default" in schema else "")


def _say_example(example: Any) -> str:
    return example if isinstance(example, str) else json.dumps(example, indent=2, ensure_ascii=False)
