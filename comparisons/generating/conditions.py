"""An artificial condition with its facts and sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from comparisons.generating.names import NOTE, Keys
from comparisons.generating.shapes import Shapes, Values
from comparisons.generating.sources import make_source
from comparisons.generating.words import Words
from conditions.fact_loading import FactEntry
from conditions.loading import CitationEntry, ConditionEntry, TermEntry

_SOURCES_A_FACT = 60 / 140
_MORE_SHOWN = 0.26
"""So many of the details are shown in comparisons too: a page that compares two conditions then has 140 facts."""
_QUANTITY = ("measure", "value", "low", "high", "interval", "bound", "unit", "sex", "counted_from", "statistic")
_QUANTITY_WORDS = ("population", "region", "period", "method")


@dataclass(frozen=True)
class Generated:
    """One condition with all that is its own."""

    keys: Keys
    condition: ConditionEntry
    sources: list[CitationEntry]
    facts: list[FactEntry]
    terms: list[TermEntry]

    @property
    def main_sources(self) -> list[str]:
        """Keys of the sources of what a comparison shows; the others are for details."""
        return [source.key for source in self.sources[: max(len(self.sources) // 2, 1)]]


class ConditionMaker:
    """Makes the condition of one number: always the same one for the same seed and number of facts."""

    def __init__(self, shapes: Shapes, *, seed: int, number: int, facts: int) -> None:
        self._shapes, self._number, self._count = shapes, number, facts
        self.keys = Keys(seed, number)
        self._random = Random(f"{seed}:{number}:{facts}")
        self._words = Words(self._random)
        self._sources = [self.keys.source(place) for place in range(1, max(round(facts * _SOURCES_A_FACT), 1) + 1)]

    def make(self) -> Generated:
        shapes = self._random.choices(self._shapes["citations"], k=len(self._sources))
        sources = [make_source(*pair, self._words) for pair in zip(self._sources, shapes, strict=True)]
        condition = self._make_condition(self._random.choice(self._shapes["conditions"]))
        facts = list(self._make_facts([subtype.slug for subtype in condition.subtypes]))
        # The glossary is one for all conditions.
        terms = list(self._make_terms()) if self._number == 1 else []
        return Generated(self.keys, condition, sources, facts, terms)

    def _make_condition(self, shape: Values) -> ConditionEntry:
        words = self._words
        return ConditionEntry(
            slug=self.keys.condition,
            name=f"Condition {self._number} ({words.compound()})",
            abbreviation=f"C{self._number}",
            also_known_as=[words.phrase(len(name)) for name in shape.get("also_known_as", ())],
            definition=words.sentence(len(shape["definition"])),
            definition_citations=self._choose(len(shape["definition_citations"]), self._sources),
            category=f"Generated category {self._number % 5 + 1}",
            body_system=f"Generated part {self._number % 3 + 1}",
            position=self._number,
            subtypes=[self._make_subtype(place, one) for place, one in enumerate(shape["subtypes"], start=1)],
            note=NOTE,
        )

    def _make_subtype(self, place: int, shape: Values) -> dict[str, Any]:
        return {
            "slug": f"form-{place}",
            "name": self._words.phrase(len(shape["name"])),
            "definition": self._words.sentence(len(shape["definition"])),
            "citations": self._choose(len(shape.get("citations", ())), self._sources),
        }

    def _make_facts(self, subtypes: list[str]) -> Iterator[FactEntry]:
        place = 0
        while place < self._count:
            fitting = [family for family in self._shapes.families if len(family) <= self._count - place]
            new_keys: dict[str, str] = {}
            for shape in self._random.choice(fitting):
                place += 1
                new_keys[shape["key"]] = self.keys.fact(place)
                yield self._make_fact(place, shape, new_keys, subtypes)

    def _make_fact(self, place: int, shape: Values, new_keys: dict[str, str], subtypes: list[str]) -> FactEntry:
        words, text, prominence = self._words, shape["text"], self._choose_prominence(shape)
        return FactEntry(
            key=new_keys[shape["key"]],
            condition=self.keys.condition,
            subtype=self._random.choice(subtypes) if subtypes and shape.get("subtype") else "",
            topic=shape["topic"],
            group=_same_phrase(shape["group"]) if shape.get("group") else "",
            kind=shape["kind"],
            prominence=prominence,
            parent=new_keys.get(shape.get("parent", ""), ""),
            rule=shape.get("rule"),
            rule_count=shape.get("rule_count"),
            position=place * 10,
            label=words.phrase(len(shape["label"])) if shape.get("label") else "",
            short=words.phrase(len(shape["short"])) if shape.get("short") else "",
            text=words.sentence(len(text), end=text[-1] if text[-1] in ".:" else ""),
            certainty=shape["certainty"],
            quantity=self._make_quantity(shape["quantity"]) if shape.get("quantity") else None,
            citations=self._cite(shape["citations"], is_shown=prominence != "detail"),
            note=NOTE,
        )

    def _choose_prominence(self, shape: Values) -> str:
        is_more = shape["prominence"] == "detail" and self._random.random() < _MORE_SHOWN
        return "main" if is_more else shape["prominence"]

    def _make_quantity(self, shape: Values) -> dict[str, Any]:
        """The numbers of a real quantity, counted of nothing."""
        made = {name: shape[name] for name in _QUANTITY if name in shape}
        made |= {name: self._words.phrase(len(shape[name])) for name in _QUANTITY_WORDS if shape.get(name)}
        if shape.get("feature"):
            made["feature"] = f"feature-{self._shapes.features.index(shape['feature'])}"
        if shape.get("comparator"):
            made["comparator"] = {**shape["comparator"], "label": self._words.phrase(len(shape["comparator"]["label"]))}
        return made

    def _cite(self, shapes: list[Values | str], *, is_shown: bool) -> list[dict[str, Any]]:
        pool = self._sources[: max(len(self._sources) // 2, 1)] if is_shown else self._sources
        chosen = self._choose(len(shapes), pool)
        return [{"key": key, **self._describe_place(shape)} for key, shape in zip(chosen, shapes, strict=False)]

    def _describe_place(self, shape: Values | str) -> dict[str, Any]:
        if isinstance(shape, str):
            return {}
        return {name: self._words.phrase(len(shape[name])) for name in ("locator", "quote") if shape.get(name)}

    def _make_terms(self) -> Iterator[TermEntry]:
        for place, shape in enumerate(self._shapes["terms"], start=1):
            yield TermEntry(
                slug=self.keys.term(place),
                preferred=self._words.compound(),
                definition=self._words.sentence(len(shape["definition"])),
                citations=self._choose(len(shape["citations"]), self._sources),
                avoid=[
                    {"text": self._words.compound(), "reason": self._words.sentence(len(avoided["reason"]))}
                    for avoided in shape.get("avoid", ())
                ],
                note=NOTE,
            )

    def _choose(self, count: int, keys: list[str]) -> list[str]:
        return self._random.sample(keys, min(max(count, 1), len(keys)))


def _same_phrase(text: str) -> str:
    """Always the same words for the same text, so that facts are grouped as they are in the real content."""
    return Words(Random(text)).phrase(len(text))
