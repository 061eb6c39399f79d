"""Words as the index and the questions of readers have them alike. Pure functions."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

CONNECTING = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be between by can compare compared comparison did difference differences different differ"
        " do does for from have how i if in is it of on or than that the their these they this to v versus vs was"
        " what when where which who why will with you your",
    )
)
"""Words that join others: no name of anything, and never where a suggestion starts."""
SHORTEST = 4
"""Letters of the shortest word that “did you mean” looks at; among shorter ones everything looks like everything."""
LONGEST_WORD = 40
_APOSTROPHES = re.compile("['’‘ʼ`´′]")
_OTHER = re.compile(r"[\W_]+")
_PARENTHESES = re.compile(r"\s*\(([^()]*)\)\s*")
_POSSESSIVE = re.compile(r"^(.+['’]s) \w+$")


def fold(text: str) -> str:
    """The words of the text in lower case, without accents, apostrophes and any other sign, one space between them."""
    plain = _APOSTROPHES.sub("", text)
    if plain.isascii():
        return _OTHER.sub(" ", plain.lower()).strip()  # Most texts, a quarter of the time.
    letters = (sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return _OTHER.sub(" ", "".join(letters).casefold()).strip()


def split(text: str) -> list[str]:
    return fold(text).split()


def list_names(*names: str) -> tuple[str, ...]:
    """The folded names, each once. What stands in parentheses is a name too, and “Raynaud’s” is enough for
    “Raynaud’s phenomenon”."""
    forms: list[str] = []
    for name in names:
        outside = _PARENTHESES.sub(" ", name).strip()
        possessive = _POSSESSIVE.match(outside)
        forms += [outside, *_PARENTHESES.findall(name), *(possessive.groups() if possessive else ())]
    folded = (fold(form) for form in forms)
    return tuple(dict.fromkeys(name for name in folded if len(name) > 1 and name not in CONNECTING))


def list_starts(text: str) -> Iterator[str]:
    """The folded text from each of its words on, without those that start nothing."""
    words = split(text)
    for place, word in enumerate(words[:12]):
        if len(word) > 1 and word not in CONNECTING:
            yield " ".join(words[place:])[:80]


def list_vocabulary(texts: Iterable[str]) -> set[str]:
    """The words that somebody may have meant."""
    words = {word for text in texts for word in split(text)}
    return {word for word in words if SHORTEST <= len(word) <= LONGEST_WORD and word.isalpha()}


def find_held(words: Collection[str], texts: Iterable[str]) -> set[str]:
    """Those of these words of a vocabulary that the texts hold: quick for a few words in hundreds of texts."""
    plain, others = [], []
    for text in texts:
        (plain if text.isascii() else others).append(text)
    joined = _APOSTROPHES.sub("", "\n".join(plain)).lower()
    held = {word for word in words if _stands_in(joined, word)}
    return held | (list_vocabulary(others) & set(words) if others else set())


def _stands_in(text: str, word: str) -> bool:
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            return True
        start = text.find(word, end)
    return False
