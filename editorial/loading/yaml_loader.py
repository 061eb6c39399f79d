"""YAML as editors expect it: text stays text, and a field that stands twice is a mistake."""

import re
from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # The one in C is ten times as fast.


class DuplicateKey(yaml.constructor.ConstructorError):
    """A field stands twice in one entry."""

    def __init__(self, key: str, line: int) -> None:
        self.key, self.line = key, line
        super().__init__(None, None, f"“{key}” stands here twice")


class ContentLoader(_Base):
    """Only numbers, true, false, null and text: “no” and “2021-05-01” are text, as they were typed."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise DuplicateKey(name, key.start_mark.line + 1)
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|True|false|False)$", "tTfF"),
    ("tag:yaml.org,2002:null", r"^(?:~|null|Null|)$", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
):
    ContentLoader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))
