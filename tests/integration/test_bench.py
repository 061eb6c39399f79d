"""The parts of the bench that measure within a process: once through, on very little content."""

import pytest
from django.core.management import call_command

from tests.bench import editorial, importing, search
from tests.bench.cases import ACTS, ALL, FIXED, IMPORT, LISTS, SCREENS, SUGGESTIONS


@pytest.fixture
def _site(db, monkeypatch):
    monkeypatch.setattr(editorial, "TIMES", 1)
    monkeypatch.setattr(search, "TIMES", 1)
    monkeypatch.setattr(search, "EACH", 1)
    call_command("generate_content", "--conditions", "1", "--facts", "22", verbosity=0)


def read(samples):
    """By case the measures."""
    found = {}
    for sample in samples:
        found.setdefault(sample.case, {})[sample.measure] = sample.value
    return found


@pytest.mark.usefixtures("_site")
def test_acts_pages_search_and_import_are_measured_on_any_content():
    acts = read(editorial.take(round=1, size=22))
    searches = read(search.take(round=1, size=22))
    imported = read(importing.take(round=1, size=3))

    assert set(acts) == {FIXED, *ACTS, *SCREENS}
    assert {ALL, SUGGESTIONS, FIXED, *LISTS} <= set(searches)
    assert set(imported) == {IMPORT}
    assert all(measures["queries"] > 0 for case, measures in acts.items() if case != FIXED)
    assert acts[FIXED]["queries"] == 0
    assert all(
        measures["p95 ms"] >= measures["p50 ms"] > 0 for case, measures in searches.items() if "p50 ms" in measures
    )
    assert imported[IMPORT]["seconds"] > 0
