"""Whether the short way to a new edition gives what the long way gives: for tests in which anything may happen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from editorial import drafting, publishing
from editorial.drafting import Draft
from editorial.models import Edition
from editorial.registry import get_subject

_FIELDS = [field.attname for field in Edition._meta.local_concrete_fields if field.attname not in ("id", "summary")]


@contextmanager
def comparing() -> Iterator[list[str]]:
    """Every edition that is revised meanwhile is also built from the ground and compared; the names of these."""
    revised: list[str] = []
    revise = drafting.revise

    def compare(reviser: Any, old: Edition, *arguments: Any, at: Any) -> Draft | None:
        draft = revise(reviser, old, *arguments, at=at)
        if draft is not None:
            revised.append(str(draft.edition))
            assert _describe(draft) == _describe(_build(old, at=at))
        return draft

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing.drafting, "revise", compare)
        yield revised


def _build(old: Edition, *, at: Any) -> Draft:
    subject = get_subject(old.kind)
    draft = drafting.build(subject, old.subject_id, subject.gather([old.subject_id])[old.subject_id], old, at=at)
    assert draft is not None
    return draft


def _describe(draft: Draft) -> dict[str, Any]:
    """The bytes of the content, the digest and every other column."""
    return {"bytes": draft.json, **{name: getattr(draft.edition, name) for name in _FIELDS}}
