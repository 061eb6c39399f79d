"""JSON-LD inside a page: data for machines, never a script that runs."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

Node = dict[str, Any]

# So that no text can end the element or open another: as Django's json_script.
_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


def write_graph(nodes: Iterable[Node]) -> SafeString:
    """The nodes as one graph of schema.org, as short as JSON can be, safe inside a <script> element."""
    graph = {"@context": "https://schema.org", "@graph": list(nodes)}
    return mark_safe(json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))


def without_empty(**fields: Any) -> Node:
    return {name: value for name, value in fields.items() if value}
