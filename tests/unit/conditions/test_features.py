"""What a number counts is named in the words of the content, and not twice."""

import pytest

from conditions.features import name_feature

SUBTYPES = {"rrms": "Relapsing-remitting MS"}


@pytest.mark.parametrize(
    ("feature", "said", "words"),
    [
        ("rrms", "It starts in this form in 85 of 100.", "Relapsing-remitting MS"),
        ("rrms", "Relapsing-remitting MS: the most common form.", ""),
        ("identical-twin", "The risk is about 1 in 4.", "identical twin"),
        ("identical-twin", "In identical twins it is about 1 in 4.", ""),
        ("epstein-barr-virus", "Infection with the Epstein–Barr virus.", ""),
        ("ptpn22-variant", "PTPN22: A gene. Its effect is small.", "PTPN22 variant"),
        ("lead", "A misleading number.", "lead"),
        ("", "Anything.", ""),
    ],
)
def test_a_feature_has_the_name_of_its_subtype_or_plain_words_unless_the_statement_says_it(feature, said, words):
    assert name_feature(feature, said=said, subtypes=SUBTYPES) == words
