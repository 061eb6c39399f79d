"""Which names lead to which condition."""

from typing import Any

from conditions.composing import name_of
from conditions.names import list_names


def _row(name: str, abbreviation: str, *others: str) -> dict[str, Any]:
    label = name_of(slug=name.lower(), name=name, abbreviation=abbreviation, position=1)
    return {"label": label, "also_known_as": list(others)}


def test_every_name_and_abbreviation_leads_to_its_condition_in_the_order_of_the_alphabet() -> None:
    rows = [_row("Stiffness", "", "Rigor", "Être raide"), _row("Hardness", "HN", "HN", "hardness", "Stiff skin")]

    listed = [(name.text, name.condition.name, name.is_own) for letter in list_names(rows) for name in letter.entries]

    assert listed == [
        ("Être raide", "Stiffness", False),
        ("Hardness (HN)", "Hardness", True),
        ("HN", "Hardness", False),
        ("Rigor", "Stiffness", False),
        ("Stiff skin", "Hardness", False),
        ("Stiffness", "Stiffness", True),
    ]


def test_two_conditions_with_one_name_are_both_listed() -> None:
    letters = list_names([_row("One", "", "Hard skin"), _row("Two", "", "Hard skin")])

    assert [name.condition.name for name in letters[0].entries] == ["One", "Two"]
