"""What the real content is like, read off the content files: how long, of which kind, with how many sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from editorial.loading.reading import read_all

Values = dict[str, Any]
_SECTIONS = ("facts", "citations", "conditions", "terms", "comparisons", "faqs")
_OTHERS = ("topics", "measures", "style_rules", "claims")


@dataclass(frozen=True)
class Shapes:
    """The entries of the content files by section. Of their words only the lengths are used."""

    by_section: dict[str, list[Values]]

    def __getitem__(self, section: str) -> list[Values]:
        return self.by_section[section]

    @cached_property
    def families(self) -> list[list[Values]]:
        """Facts with what is nested below them, the upper ones first."""
        below: dict[str, list[Values]] = {}
        for fact in self["facts"]:
            below.setdefault(fact.get("parent", ""), []).append(fact)
        return [_with_nested(fact, below) for fact in below[""]]

    @cached_property
    def features(self) -> list[str]:
        """What is counted, so that one thing is counted alike in all conditions."""
        return sorted({fact.get("quantity", {}).get("feature", "") for fact in self["facts"]})


def read_shapes(folder: Path) -> Shapes:
    """The shapes of the content files in the folder."""
    by_section: dict[str, list[Values]] = {name: [] for name in _SECTIONS}
    for entry in read_all([folder], sections=(*_SECTIONS, *_OTHERS)).entries:
        if entry.section in by_section:
            by_section[entry.section].append(entry.values)
    return Shapes(by_section)


def _with_nested(fact: Values, below: dict[str, Sequence[Values]] | dict[str, list[Values]]) -> list[Values]:
    return [fact, *(one for child in below.get(fact["key"], ()) for one in _with_nested(child, below))]
