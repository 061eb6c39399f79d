"""What was measured, one number a row, kept as JSON so that the report can be written again; medians and ratios."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One number of one round."""

    part: str
    """Of the bench: "cached", "editorial", …"""
    case: str
    """What was measured: "gunicorn: site"."""
    measure: str
    """What the number is, with its unit: "requests/s", "wall ms"."""
    value: float
    round: int = 1
    size: int = 0
    """How many facts the site held; 0 where it held the demonstration content."""


@dataclass
class Run:
    """One run of the bench: on what, when, how, and what came out."""

    machine: dict[str, str]
    options: dict[str, Any]
    samples: list[Sample] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What could not be measured, and why."""

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1))

    @classmethod
    def load(cls, path: Path) -> "Run":
        values = json.loads(path.read_text())
        return cls(**{**values, "samples": [Sample(**sample) for sample in values["samples"]]})

    def select(self, part: str, case: str, measure: str, size: int | None = None) -> list[Sample]:
        wanted = (part, case, measure)
        found = (s for s in self.samples if (s.part, s.case, s.measure) == wanted)
        return [s for s in found if size is None or s.size == size]

    def median(self, part: str, case: str, measure: str, size: int | None = None) -> float | None:
        """Over the rounds; None where nothing was measured."""
        values = [sample.value for sample in self.select(part, case, measure, size)]
        return median(values) if values else None

    def ratio(
        self, part: str, case: str, base: str, measure: str, *, base_measure: str = "", size: int | None = None
    ) -> float | None:
        """The median over the rounds of `case` divided by `base` of the same round."""
        bases = {s.round: s.value for s in self.select(part, base, base_measure or measure, size)}
        found = self.select(part, case, measure, size)
        ratios = [s.value / bases[s.round] for s in found if bases.get(s.round)]
        return median(ratios) if ratios else None

    def sizes(self, part: str) -> list[int]:
        return sorted({sample.size for sample in self.samples if sample.part == part})

    def cases(self, part: str) -> list[str]:
        """In the order in which they were measured first."""
        return list(dict.fromkeys(sample.case for sample in self.samples if sample.part == part))


def make_samples(part: str, case: str, values: dict[str, float], *, round: int, size: int = 0) -> Iterator[Sample]:
    """A sample of each measure."""
    for measure, value in values.items():
        yield Sample(part=part, case=case, measure=measure, value=value, round=round, size=size)


def to_lines(samples: Iterable[Sample]) -> str:
    """For a process that measures and is read by another: a JSON object a line."""
    return "\n".join(json.dumps(asdict(sample)) for sample in samples)


def from_lines(text: str) -> list[Sample]:
    return [Sample(**json.loads(line)) for line in text.splitlines() if line.startswith("{")]
