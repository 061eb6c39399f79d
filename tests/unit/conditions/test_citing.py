"""Which sentences of a text stand on a source."""

import pytest

from conditions.citing import list_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("They differ [@a].", ["They differ."]),
        ("One bends. The other breaks [@a]. Both hurt [@b].", ["The other breaks."]),
        ("It is so. [@a] Not this.", ["It is so."]),
        ("About 2.5 in 100 [@b; @a], as **most** say.", ["About 2.5 in 100, as most say."]),
        ("- One [@a]\n- Two [@b]\n\nAfter that [@a]", ["One", "After that"]),
        ("Is it [@a]? Yes.", ["Is it?"]),
        ("Nothing of it [@b].", []),
        ("", []),
    ],
)
def test_only_the_sentences_that_cite_it(text: str, sentences: list[str]) -> None:
    assert list_sentences(text, "a") == sentences
