"""HTML that is made before the page is known on which it will stand: its marks of sources get their numbers there."""

from typing import Literal

from conditions.content import SourceContent, Value


class Mark(Value):
    """A place for the mark of a statement."""

    kind: Literal["fact", "early", "other"]
    """Of a fact, of its short form, which opens the same sheet, or of anything else."""
    fact: str
    """The key of the fact."""
    sources: list[SourceContent]


class Fragment(Value):
    """Safe HTML around marks: the first text, the first mark, the second text, and so on."""

    texts: list[str]
    marks: list[Mark]

    def __bool__(self) -> bool:
        return bool(self.marks) or any(self.texts)
