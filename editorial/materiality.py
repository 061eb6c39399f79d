"""Does a change touch medical content? By rule it does when it changes what a reader could act on."""

from collections.abc import Mapping

from editorial.registry import Frozen


def find_clinical_reasons(
    old: Frozen | None, new: Frozen, *, kind: str, names: Mapping[int, str] | None = None
) -> list[str]:
    """Why the change from `old` to `new` is clinical, a sentence each; empty when it may be one of wording only."""
    return []
