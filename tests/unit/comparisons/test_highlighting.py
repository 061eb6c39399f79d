"""Marked words of results."""

import pytest

from comparisons.asking import divide, read_question
from comparisons.highlighting import LONGEST_EXCERPT, Highlighter
from tests.unit.comparisons.test_asking import SITE


def highlighter(question: str, *stems: str) -> Highlighter:
    return Highlighter(divide(read_question(question).words, SITE), stems)


@pytest.mark.parametrize(
    ("question", "stems", "text", "html"),
    [
        ("fatigue", ["fatigu"], "Fatigue, fatigued.", "<mark>Fatigue</mark>, <mark>fatigued</mark>."),
        ("therapies", ["therapi"], "A therapy", "A <mark>therapy</mark>"),
        ("ms", ["ms"], "MS, not Msx", "<mark>MS</mark>, not Msx"),
        ("raynaud's", ["raynaud"], "Raynaud’s", "<mark>Raynaud’s</mark>"),
        ("sjogren", ["sjogren"], "Sjögren", "<mark>Sjögren</mark>"),
        ("scleroderma", ["scleroderma", "sclerosi"], "SSc or sclerosis", "<mark>SSc</mark> or sclerosis"),
        ("what of it", [], "What of it", "What of it"),
    ],
)
def test_the_words_that_were_asked_are_marked(question: str, stems: list[str], text: str, html: str) -> None:
    assert highlighter(question, *stems).mark(text) == html


def test_everything_else_is_escaped() -> None:
    marked = highlighter("script", "script").mark("<script>alert('x')</script> & more")

    assert marked == "&lt;<mark>script</mark>&gt;alert(&#x27;x&#x27;)&lt;/<mark>script</mark>&gt; &amp; more"


def test_a_long_text_is_cut_around_the_first_marked_word() -> None:
    text = "before " * 100 + "tremor " + "after " * 100

    excerpt = highlighter("tremor", "tremor").excerpt(text)

    assert "<mark>tremor</mark>" in excerpt
    assert excerpt.startswith("… before")
    assert excerpt.endswith("after …")
    assert len(excerpt) < LONGEST_EXCERPT + 40


def test_a_long_text_without_spaces_is_cut_too() -> None:
    assert len(highlighter("tremor").excerpt("x" * 5000)) < LONGEST_EXCERPT + 40
