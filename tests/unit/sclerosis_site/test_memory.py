"""The memory of a worker: given back early, and what is loaded once is settled."""

import gc
from types import SimpleNamespace

import pytest

from sclerosis_site import memory


def test_what_is_loaded_is_settled_for_good() -> None:
    before = gc.get_freeze_count()
    try:
        memory.settle()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


def test_the_c_library_takes_each_option(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[tuple[int, int]] = []
    library = SimpleNamespace(mallopt=lambda option, value: taken.append((option, value)))
    monkeypatch.setattr(memory, "_LIBRARY", library)

    memory.give_back_early()

    assert taken == [(-8, 2), (-3, 65_536), (-1, 131_072)]


def test_what_lies_free_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    monkeypatch.setattr(memory, "_LIBRARY", SimpleNamespace(malloc_trim=kept.append))

    memory.give_back_now()

    assert kept == [0]


def test_a_c_library_without_such_options_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_LIBRARY", object())

    memory.give_back_early()
    memory.give_back_now()
