"""What changed between two editions: each statement matched with its like, and only what differs."""

import re

from comparisons.edition_changes import count_hidden, list_changes
from comparisons.entries import Entry


def entry(key: str, text: str, *parts: tuple[str, str], heading: str = "How?", row: str = "") -> Entry:
    return Entry(key, heading, (("", text), *parts), row)


def tell(old: list[Entry], new: list[Entry], **more) -> list[tuple[str, str, list[str]]]:
    """(heading, what happened, parts with + and - for words) of each change."""
    return [
        (group.heading, str(change.what), [_plain(part.name, part.words) for part in change.parts])
        for group in list_changes(old, new, **more)
        for change in group.changes
    ]


def _plain(name: str, html: str) -> str:
    words = re.sub(r"<(ins|del)><span[^>]*>\[\w+: </span>(.*?)<span[^>]*>\]</span></\1>", _mark, html)
    return f"{name}: {words}" if name else words


def _mark(match: re.Match) -> str:
    return f"{'+' if match[1] == 'ins' else '-'}{match[2]}{'+' if match[1] == 'ins' else '-'}"


def test_the_same_words_are_no_change():
    assert tell([entry("a", "One.")], [entry("a", "One.")]) == []


def test_changed_words_are_marked_in_their_sentence():
    changes = tell([entry("a", "It takes 7 years.")], [entry("a", "It takes 9 years.")])

    assert changes == [("How?", "Changed", ["It takes -7-+9+ years."])]


def test_what_is_added_or_removed_is_told_under_its_own_heading_in_the_order_of_the_newer():
    old = [entry("a", "One.", heading="First"), entry("b", "Two.", heading="Gone")]
    new = [entry("c", "Three.", heading="New"), entry("a", "One.", heading="First")]

    assert tell(old, new) == [("New", "Added", ["+Three.+"]), ("Gone", "Removed", ["-Two.-"])]


def test_a_changed_part_is_told_with_the_sentence_for_its_setting_and_the_rest_left_out():
    old = [entry("a", "One.", ("Number", "5"), ("Sources", "A study"))]
    new = [entry("a", "One.", ("Number", "6"), ("Sources", "A study"))]

    assert tell(old, new) == [("How?", "Changed", ["One.", "Number: -5-+6+"])]


def test_a_move_to_another_heading_is_no_change_of_words():
    assert tell([entry("a", "One.", heading="First")], [entry("a", "One.", heading="Second")]) == []


def test_entries_without_a_key_are_found_by_their_words_and_else_by_their_row():
    old = [entry("", "Both hurt.", row="same"), entry("", "One burns.", row="differ"), entry("", "Rare.", row="differ")]
    new = [
        entry("", "New.", row="same"),
        entry("", "Both hurt.", row="same"),
        entry("", "One burns a lot.", row="differ"),
    ]

    assert tell(old, new) == [
        ("How?", "Added", ["+New.+"]),
        ("How?", "Changed", ["One burns+ a lot+."]),
        ("How?", "Removed", ["-Rare.-"]),
    ]


def test_text_is_never_taken_for_markup():
    (group,) = list_changes([entry("a", "x <script>")], [entry("a", "y <script>")])

    assert "<script>" not in group.changes[0].parts[0].words


def test_corrected_statements_are_marked():
    old, new = [entry("fact-a", "7."), entry("fact-b", "1.")], [entry("fact-a", "9."), entry("fact-b", "2.")]

    (group,) = list_changes(old, new, corrects=["fact:a"])

    assert [change.is_correction for change in group.changes] == [True, False]


def test_withdrawn_statements_are_counted_where_they_changed():
    old = {"facts": [{"key": "a", "text": "7.", "approval": 1}, {"key": "b", "text": "Same.", "approval": 2}]}
    new = {"facts": [{"key": "b", "text": "Same.", "approval": 9}, {"key": "c", "text": "New.", "approval": 5}]}

    assert count_hidden(old, new, {"fact:a"}) == 1
    assert count_hidden(old, new, {"fact:b"}) == 0
    assert count_hidden(old, new, {"fact:a", "fact:b", "fact:c"}) == 2
