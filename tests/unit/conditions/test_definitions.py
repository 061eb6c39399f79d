"""Which words of a page become buttons that open their definition."""

import re

import pytest

from conditions.content import TermContent
from conditions.definitions import explain


def _term(preferred: str, abbreviation: str = "", slug: str = "") -> TermContent:
    return TermContent(
        id=1,
        approval=1,
        slug=slug or preferred.replace(" ", "-"),
        preferred=preferred,
        abbreviation=abbreviation,
        definition="A definition.",
        citations=[],
    )


MYELIN = _term("myelin")
MOTOR = _term("motor neuron")
UPPER = _term("upper motor neuron", "UMN")


def _marked(html: str, *terms: TermContent, own_names: tuple[str, ...] = ()) -> list[str]:
    """The words that became buttons, in order."""
    return re.findall(r'<button class="term"[^>]*>(.*?)</button>', explain(html, terms, own_names).html, re.DOTALL)


def test_a_word_of_the_glossary_opens_its_definition() -> None:
    said = explain("<p>The coating is myelin.</p>", [MYELIN, MOTOR])

    assert said.html == '<p>The coating is <button class="term" popovertarget="term-myelin">myelin</button>.</p>'
    assert said.terms == (MYELIN,)


def test_nothing_else_on_the_page_changes() -> None:
    html = '<!-- <p> --><p title="a &gt; b">1 < 2 &amp; myelin’s <br/><IMG src="x">end</p>'

    assert re.sub("</?button[^>]*>", "", explain(html, [MYELIN]).html) == html
    assert explain(html, []).html == html


@pytest.mark.parametrize("text", ["amyelin", "myelinated", "myelin-rich", "non_myelin", "&myelin;", "Myeloma"])
def test_only_whole_words_count(text: str) -> None:
    assert _marked(f"<p>{text}</p>", MYELIN) == []


def test_the_longest_name_wins_over_what_it_holds() -> None:
    assert _marked("<p>An upper motor neuron and a motor neuron.</p>", MOTOR, UPPER) == [
        "upper motor neuron",
        "motor neuron",
    ]


@pytest.mark.parametrize("text", ["Motor neuron", "MOTOR NEURON", "motor neurons", "motor\n    neuron"])
def test_names_are_found_in_any_case_in_the_plural_and_over_the_end_of_a_line(text: str) -> None:
    assert _marked(f"<p>{text}</p>", MOTOR) == [text]


def test_an_abbreviation_counts_only_as_it_is_written() -> None:
    odds = _term("odds ratio", "OR")

    assert _marked("<p>One or two. OR 3.</p>", odds) == ["OR"]


@pytest.mark.parametrize("mark", ["'", "’", "&#x27;"])
def test_straight_and_curly_apostrophes_are_alike(mark: str) -> None:
    assert _marked(f"<p>Raynaud{mark}s phenomenon</p>", _term("Raynaud’s phenomenon")) == [f"Raynaud{mark}s phenomenon"]


def test_a_medical_word_in_parentheses_is_a_name_too_and_the_plain_word_before_it_is_not() -> None:
    fibrosis = _term("scarring (fibrosis)")

    assert _marked("<p>Scarring, fibrosis</p>", fibrosis) == ["fibrosis"]
    assert _marked("<p>Scarring (fibrosis)</p>", fibrosis) == ["Scarring (fibrosis)"]


def test_the_first_mention_in_each_section_is_marked_once_whatever_the_name() -> None:
    html = "<section><p>UMN, upper motor neuron</p></section><section><p>upper motor neuron, UMN</p></section>"

    said = explain(html, [UPPER])

    assert _marked(html, UPPER) == ["UMN", "upper motor neuron"]
    assert said.terms == (UPPER,)


@pytest.mark.parametrize(
    "tag", ["a", "button", "h2", "h5", "sup", "summary", "dt", "th", "caption", "nav", "svg", "label"]
)
def test_links_headings_marks_and_controls_stay_as_they_are(tag: str) -> None:
    inside = f"<{tag} class='x'>myelin <em>myelin</em> <{tag}>myelin</{tag}> myelin</{tag}>"

    assert explain(f"<div>{inside} end</div>", [MYELIN]).html == f"<div>{inside} end</div>"
    assert _marked(f"<div>{inside} then myelin</div>", MYELIN) == ["myelin"]


def test_what_is_only_heard_not_heard_or_opened_over_the_page_holds_no_button() -> None:
    html = "<p><span class=sheet popover id=s1>myelin</span></p>"
    html += '<p><span class="visually-hidden">myelin <span>myelin</span></span><b aria-hidden="true">myelin</b></p>'

    assert _marked(html, MYELIN) == []


def test_what_the_page_is_about_stays_unmarked_and_so_does_what_its_name_holds() -> None:
    ms, sclerosis = _term("multiple sclerosis", "MS"), _term("sclerosis")
    html = "<p>Multiple sclerosis (MS). Sclerosis.</p>"

    assert _marked(html, ms, sclerosis, own_names=("Multiple sclerosis", "MS")) == ["Sclerosis"]


def test_letters_that_only_look_alike_are_left_alone() -> None:
    """Python's search takes the dotless “ı” for an “i” when case does not matter."""
    assert _marked("<p>myelın</p>", MYELIN) == []


def test_a_hostile_name_breaks_nothing() -> None:
    hostile = _term('x"><script>(.*', "[", slug="hostile")

    assert explain("<p>x [ y myelin</p>", [hostile, MYELIN]).html.count("<button") == 1
