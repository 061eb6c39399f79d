"""Words are alike in the index and in questions."""

import pytest

from editorial.searching.words import fold, list_names, list_starts, list_vocabulary


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Lou Gehrig's", "lou gehrigs"),
        ("Lou Gehrig’s", "lou gehrigs"),
        ("Relapsing-remitting  MS", "relapsing remitting ms"),
        ("Sjögren ÉTUDE Straße", "sjogren etude strasse"),
        ("a\x00b_c:*&|!('\"", "a b c"),
        ("10–20 µm", "10 20 μm"),
        ("", ""),
    ],
)
def test_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_names_are_folded_and_taken_out_of_parentheses() -> None:
    assert list_names("Motor neuron disease (MND)", "MND", "") == ("motor neuron disease", "mnd")


def test_a_possessive_is_a_name_of_its_own() -> None:
    assert list_names("Charcot’s disease") == ("charcots disease", "charcots")


def test_a_word_that_only_connects_is_no_name() -> None:
    assert list_names("odds ratio", "OR") == ("odds ratio",)


def test_a_title_starts_at_each_word_that_says_something() -> None:
    assert list(list_starts("What is the MRI scan?")) == ["mri scan", "scan"]


def test_the_vocabulary_holds_whole_words() -> None:
    assert list_vocabulary(["Tremor in 2020, of B12 cells.", "x" * 50]) == {"tremor", "cells"}
