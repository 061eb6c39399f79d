"""Finds what leads to a person in a text: e-mail addresses and telephone numbers. Pure functions."""

import re
from collections.abc import Iterator

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d]{2,}")
# What holds many digits and leads to nobody: addresses of pages, identifiers of sources, days and times.
_NO_NUMBER = re.compile(
    r"""https?://\S+ | \b10\.\d{4,9}/\S+ | \bISBN[\s:-]*[\dX -]+ | \bISSN[\s:-]*\d{4}-?\d{3}[\dX]
    | \b\d{4}-\d\d-\d\d\b | \b\d{1,2}([./-])\d{1,2}\1\d{4}\b | \b\d\d?:\d\d\b""",
    re.VERBOSE | re.IGNORECASE,
)
_RUN = re.compile(r"(?<![\w.,/:-])(?:\+|\(\+?)?\d(?:[ \u00a0.()/\u2010-\u2013-]{0,2}\d){7,}(?![\w%])")
_SEPARATORS = re.compile(r"[ \u00a0()/\u2010-\u2013-]+")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0.]\d{3})*[ \u00a0.]000")
_RANGES = re.compile(r"\d{1,3}[\u2010-\u2013-]\d{1,3}(?: \d{1,3}[\u2010-\u2013-]\d{1,3})+")
# E.164 allows no more; a national number has at least nine with its area code in most countries.
_FEWEST, _MOST = 9, 15


def find_personal(text: str) -> list[str]:
    """The e-mail addresses and what looks like telephone numbers, in the order of the text, each once."""
    found = [(match.start(), match.group()) for match in _EMAIL.finditer(text)]
    found += _find_phones(_EMAIL.sub(_blank, text))
    return list(dict.fromkeys(value for _, value in sorted(found)))


def _find_phones(text: str) -> Iterator[tuple[int, str]]:
    for match in _RUN.finditer(_NO_NUMBER.sub(_blank, text)):
        if _is_phone(match.group()):
            yield match.start(), match.group()


def _is_phone(run: str) -> bool:
    digits = sum(character.isdigit() for character in run)
    if "+" in run[:2]:
        return digits <= _MOST
    if not _FEWEST <= digits <= _MOST or _THOUSANDS.fullmatch(run) or _RANGES.fullmatch(run):
        return False
    parts = [part for part in _SEPARATORS.split(run) if part]
    # A list of years, or of numbers with decimals, is no telephone number.
    return not all(map(_YEAR.fullmatch, parts)) and not any(part.count(".") == 1 for part in parts)


def _blank(match: re.Match[str]) -> str:
    """As long as what it stands for, so that places stay; and no digit or word, so that nothing grows together."""
    return "\n" * len(match.group())
