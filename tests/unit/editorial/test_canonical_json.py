"""The spelling that digests are made over, which must never change: digests of years ago still have to fit."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editorial.freezing import canonical_json
from editorial.models import Decision, Edition
from tests.rich_content import build_rich_site

TEXTS = st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


@given(VALUES)
@example({"é": '\u2028\x00\x7f"\\/', "e": "𝒳", "ﬀ": [], "": {}})
def test_it_is_what_the_standard_library_spells(value: Any) -> None:
    assert canonical_json(value) == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@pytest.mark.django_db
def test_nothing_that_is_frozen_has_a_fraction_which_libraries_spell_differently() -> None:
    build_rich_site()

    contents = [*Edition.objects.values_list("content", flat=True), *Decision.objects.values_list("content", flat=True)]

    assert len(contents) > 50
    assert {type(value) for value in _walk(contents)} <= {str, int, bool, type(None)}


def _walk(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _walk(part)
    else:
        yield value
