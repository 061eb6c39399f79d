"""What counts as the words of a place when two versions of a page are compared."""

from editorial.marking import mark_changes, parse

WORD = '<button class="term" popovertarget="term-{0}">{0}</button>'
DEFINITION = '<div class="definition" id="term-x" popover><p>{}</p></div>'


def _list_places(before: str, after: str) -> list[tuple[str, str]]:
    old, new = (parse(f"<main>{text}</main>".encode()) for text in (before, after))
    return [(place.word, place.text) for place in mark_changes(new, old, is_after=True)]


def test_a_word_that_the_glossary_explains_is_one_of_the_words() -> None:
    before, after = (f"<p>It harms {WORD.format(word)}.</p>" for word in ("myelin", "muscle"))

    assert _list_places(before, after) == [("Changed", "It harms muscle.")]
    assert _list_places(before, "<p>It harms myelin.</p>") == []


def test_definitions_and_marks_of_sources_are_no_words_of_the_page() -> None:
    before = f'<p>It harms.<button class="m">1</button></p>{DEFINITION.format("One.")}'
    after = f'<p>It harms.<button class="m">2</button></p>{DEFINITION.format("Two.")}'

    assert _list_places(before, after) == []


def test_a_cell_of_a_table_of_roles_is_a_place_and_its_caption_is_none() -> None:
    before, after = (
        f'<p class="caption">{word}</p><div><div role="cell"><b>{word}</b></div><div role="cell">Same</div></div>'
        for word in ("Partly", "Different")
    )

    assert _list_places(before, after) == [("Changed", "Different")]
