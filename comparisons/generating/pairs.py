"""An artificial comparison of two neighbours, with its questions."""

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from comparisons.generating.conditions import Generated
from comparisons.generating.names import NOTE
from comparisons.generating.shapes import Shapes, Values
from comparisons.generating.words import Words
from comparisons.loading import ComparisonEntry, FAQEntry
from conditions.markdown import cited_keys

QUESTIONS = 10
_MARKS = re.compile(r"\s*\[@[^\]]*\]")


class PairMaker:
    """Compares a condition with the one before it."""

    def __init__(self, shapes: Shapes, pair: Sequence[Generated], *, seed: int) -> None:
        self._shapes, self._pair, self.keys = shapes, pair, pair[-1].keys
        self._random = Random(f"{seed}:{self.keys.comparison}")
        self._words = Words(self._random)
        self._conditions = [one.condition.slug for one in pair]
        self._sources = [key for one in pair for key in one.main_sources]
        self._facts: dict[str, list[str]] = {}
        for fact in (fact for one in pair for fact in one.facts if fact.prominence != "detail"):
            self._facts.setdefault(fact.topic, []).append(fact.key)

    def make_comparison(self) -> ComparisonEntry:
        shape = self._random.choice(self._shapes["comparisons"])
        return ComparisonEntry(
            slug=self.keys.comparison,
            title=" and ".join(one.condition.name for one in self._pair),
            conditions=self._conditions,
            answer=self._mark(shape["answer"]),
            summary=self._mark(shape["summary"]),
            sections=[self._make_section(one) for one in shape["sections"]],
            points=[self._make_point(one) for one in shape["points"]],
            note=NOTE,
        )

    def make_questions(self) -> Iterator[FAQEntry]:
        shapes = self._random.sample(self._shapes["faqs"], QUESTIONS)
        for place, shape in enumerate(shapes, start=1):
            yield FAQEntry(
                slug=self.keys.faq(place),
                question=self._words.sentence(len(shape["question"]), end="?"),
                answer=self._mark(shape["answer"]),
                conditions=self._conditions,
                comparisons=[self.keys.comparison],
                citations=self._choose(len(shape["citations"]), self._sources),
                position=place * 10,
                note=NOTE,
            )

    def _make_section(self, shape: Values) -> dict[str, Any]:
        return {
            "topic": shape.get("topic", ""),
            "heading": self._words.sentence(len(shape["heading"]), end="?"),
            "lead": self._mark(shape["lead"]),
            "verdict": shape.get("verdict"),
            "rests_on": self._rest_on(shape),
        }

    def _make_point(self, shape: Values) -> dict[str, Any]:
        return {
            "kind": shape["kind"],
            "topic": shape.get("topic", ""),
            "text": self._mark(shape["text"]),
            "citations": self._choose(len(shape["citations"]), self._sources),
            "rests_on": self._rest_on(shape),
        }

    def _rest_on(self, shape: Values) -> list[str]:
        keys = self._facts.get(shape.get("topic", ""), [])
        return self._choose(len(shape.get("rests_on", ())), keys)

    def _mark(self, text: str) -> str:
        """A text of this length that cites as many sources."""
        length, marks = len(_MARKS.sub("", text)), len(list(cited_keys(text)))
        return self._words.cite(length, self._choose(marks, self._sources))

    def _choose(self, count: int, keys: list[str]) -> list[str]:
        return self._random.sample(keys, min(count, len(keys)))
