"""What a number counts, in the words of the content: a feature is a key, such as “epstein-barr-virus” or “rrms”."""

import re
from collections.abc import Mapping

_BETWEEN = r"[\s\-–]+"


def name_feature(feature: str, *, said: str, subtypes: Mapping[str, str]) -> str:
    """The name of the subtype with this slug, else the words of the key; empty when `said`, the statement, has them.

    A reader who has just read “Fatigue: …” learns nothing from “(fatigue)”.
    """
    words = subtypes.get(feature) or " ".join(_spell(word, said) for word in feature.split("-"))
    return "" if not words or _pattern(words).search(said) else words


def _spell(word: str, said: str) -> str:
    """As the statement spells it, where that is a name in capital letters: a key has none."""
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said, re.IGNORECASE) if word else None
    return found.group() if found and found.group().isupper() else word


def _pattern(words: str) -> re.Pattern[str]:
    """The words with whatever stands between them: “Epstein-Barr virus” has those of “epstein barr virus”."""
    parts = (re.escape(word) for word in re.split(r"[\s-]+", words))
    return re.compile(rf"(?<!\w){_BETWEEN.join(parts)}(?:s|es)?(?!\w)", re.IGNORECASE)
