"""Of very many names only those are read that can stand in a text; none that does stand there is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.models import Topic
from editorial.first_words import FirstWord, can_stand, list_words
from editorial.prose_changes import Lexicon, Prose
from editorial.registry import Vocabulary
from tests.factories import make_topic

# Made up; each has something that a text may write in another way.
NAMES = [
    *("Blue wobble", "BWs", "Raynaud’s", "raynaud's legs", "na\u00efve nerves", "nai\u0308ve nerves", "B12", "12 kg"),
    *("% of legs", "per cent of legs", "percent", "“Soft” wobble", "C legs", "5-10 legs", "ms", "MS", "@roe-2020 legs"),
    *(
        "\u212aelvin",
        "\ufb01t",
        "\u00dfa",
        "≥ 5 legs",
        "",
        "…",
        "legs\nand arms",
        "\tlegs",
        "gla\u0301ss",
        "glasses",
        "s",
    ),
]
PARTS = st.sampled_from([*"sS '’-–%.,;/@512éß\u0301\u212a\ufb01", *NAMES, "per cent", "PER CENT", "raynaud"])
texts = st.lists(PARTS | st.text(max_size=3), max_size=6).map("".join)


@given(st.lists(texts, max_size=4), texts)
def test_a_text_is_read_with_the_names_that_can_stand_in_it_as_with_all(names: list[str], text: str) -> None:
    chosen = [name for name in names if can_stand(name, list_words([text]))]

    assert read(chosen, text) == read(names, text)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_however_it_is_written(name: str) -> None:
    for written in (name, name.upper(), f"{name}s", f"xx {name} yy"):
        assert can_stand(name, list_words([written]))


@pytest.mark.parametrize(("name", "text"), [("per cent of legs", "20 percent of legs"), ("percent", "20 per cent")])
def test_per_cent_is_one_word_or_two(name: str, text: str) -> None:
    assert can_stand(name, list_words([text]))
    assert (read([name], text)[1][1], read([], text)[1][1]) == ("name", "unit")


def test_a_name_with_a_word_that_a_text_has_not_is_left_out() -> None:
    assert not can_stand("blue wobble", list_words(["Blue wobbling legs"]))


@pytest.mark.django_db
def test_the_database_finds_a_first_word_that_each_text_with_the_name_has() -> None:
    make_topic()
    for name in NAMES:
        Topic.objects.update(name=name)
        assert Topic.objects.values_list(FirstWord("name"), flat=True).get() in list_words([name]), name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "word"), [("Blue wobble", "blue"), ("“Soft” wobble", ""), ("% of Legs", "of"), ("B12", "b"), ("…", "")]
)
def test_the_first_word_of_a_name(name: str, word: str) -> None:
    make_topic(name=name)

    assert Topic.objects.values_list(FirstWord("name"), flat=True).get() == word


def read(names: list[str], text: str) -> list[tuple[str, str]]:
    lexicon = Lexicon(Vocabulary(names=frozenset(names)))
    return [(token.key, token.sort) for token in Prose(text, lexicon=lexicon).tokens]
