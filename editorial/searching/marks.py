"""Words in the index that no text holds: of which kind something is and what it is about. So filters use the index."""

from collections.abc import Iterable

FIRST = "zzfirst"
"""What stands before statements and sources, and is far less: where a word is in very many entries, these are looked
at first, which takes a millisecond for any word."""
LAST_OF_FIRST = 1


def kind_mark(kind: str) -> str:
    return f"zzkind{kind}"


def about_mark(subject_id: int) -> str:
    """Ends in a number, so it may stand among words: no configuration takes it for one and stems it."""
    return f"zzabout{subject_id}"


def list_marks(kind: str, about: Iterable[int], tier: int) -> list[str]:
    first = [FIRST] if tier <= LAST_OF_FIRST else []
    return [kind_mark(kind), *map(about_mark, about), *first]
