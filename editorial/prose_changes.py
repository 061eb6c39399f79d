"""What changed in a text that carries its claim. What is left may be a change of wording."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from editorial import weighty_words as words
from editorial.registry import Vocabulary

_TOKEN = re.compile(
    r"(?P<source>https?://[^\s)\]>]+|(?<=[\[;\s])@\w[\w:.\-]*)"
    r"|(?P<range>(?<=[\d%])\s*(?:[-–—−‑]|\bto\b)\s*(?=\d))"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<sign>[%‰]|(?<!\w)[-−–](?=\d)|(?<=\d)\s?/\s?(?=\d))"
    r"|(?P<end>[.!?:;•\n]|\s[-*]\s)"
    r"|(?P<mark>[^\w\s])"
)
_MARKUP = "`^|"  # Of Markdown; any other symbol, such as < or ✓, says something.
_SHOWN = 3
_NEW_SENTENCE = 4
"""A sentence of fewer words of its own is not told from a short one that was put differently."""


@dataclass(frozen=True)
class Token:
    """A word of a text; weighty when `sort` says what sort of claim it carries."""

    raw: str
    key: str
    """The same for two ways to write the same."""
    sort: str = ""
    sentence: int = 0


class Lexicon:
    """The fixed lists together with the words of the content, ready to look things up."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        found = vocabulary or Vocabulary()
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for sort, phrases in (("name", found.names), ("unit", found.units)):
            for phrase in sorted(phrases):
                self._add(phrase, sort)
        for entries in self._phrases.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _add(self, phrase: str, sort: str) -> None:
        keys = tuple(_stem(token.raw) for token in _split(phrase) if token.sort != "end")
        if keys and not (len(keys) == 1 and keys[0] in words.FUNCTION_WORDS):
            self._phrases.setdefault(keys[0], []).append((keys, sort))

    def match(self, stems: Sequence[str], at: int) -> tuple[int, str] | None:
        """How many words from there on are a name or a unit of the content, and which of both; the longest wins."""
        for keys, sort in self._phrases.get(stems[at], ()):
            if tuple(stems[at : at + len(keys)]) == keys:
                return len(keys), sort
        return None


class Prose:
    """A text, read for its weighty words. `names` are words with a capital that its other version shows to be names."""

    def __init__(self, text: str, *, lexicon: Lexicon, names: frozenset[str] = frozenset()) -> None:
        self._split = list(_split(text))
        self._lexicon = lexicon
        self._names = names

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Words that begin with a capital inside a sentence, in lower case."""
        found, is_start = set(), True
        for token in self._split:
            if token.sort == "word" and not is_start and token.raw[0].isupper() and not _is_short_form(token.raw):
                found.add(_stem(token.raw))
            is_start = token.sort == "end"
        return frozenset(found - words.FUNCTION_WORDS)

    @cached_property
    def tokens(self) -> list[Token]:
        read = [token for token in self._split if token.sort != "end"]
        stems = [_stem(token.raw) for token in read]
        found: list[Token] = []
        at = 0
        while at < len(read):
            match = self._lexicon.match(stems, at)
            length, sort = match or (1, "")
            raw = " ".join(token.raw for token in read[at : at + length])
            key = " ".join(stems[at : at + length])
            here = read[at]
            found += [Token(raw, key, sort, here.sentence)] if match else self._weigh(read, at)
            at += length
        return found

    def _weigh(self, read: Sequence[Token], at: int) -> Iterator[Token]:
        token = read[at]
        if token.sort != "word":
            yield _weigh_mark(token)
            return
        word, stem = token.raw.casefold().removesuffix("'s"), _stem(token.raw)
        if word.endswith("n't") or word == "cannot":
            yield Token(token.raw, "not", "negation", token.sentence)
            word = stem = _POSITIVE.get(word, word[:-3])
        sort = _sort_word(token.raw, word, before=read[at - 1] if at else None, after=_find_next(read, at))
        if not sort and stem in self._names | self.capitals:
            sort = "name"
        key = words.SAME.get(word, word) if sort and sort != "name" else stem
        yield Token(token.raw, key, sort, token.sentence)

    @cached_property
    def weighty(self) -> list[Token]:
        return [token for token in self.tokens if token.sort]

    @cached_property
    def slots(self) -> Mapping[str, list[int]]:
        """Where each plain word stands: after how many weighty ones."""
        found: dict[str, list[int]] = {}
        passed = 0
        for token in self.tokens:
            passed += bool(token.sort)
            if not token.sort and token.key not in words.FUNCTION_WORDS:
                found.setdefault(token.key, []).append(passed)
        return found

    @cached_property
    def plain(self) -> Counter[str]:
        return Counter(token.key for token in self.tokens if not token.sort)

    @cached_property
    def sentences(self) -> list[set[str]]:
        """The words of each sentence, without those that every sentence has."""
        found: dict[int, set[str]] = {}
        for token in self.tokens:
            if token.key not in words.FUNCTION_WORDS:
                found.setdefault(token.sentence, set()).add(token.key)
        return list(found.values())


def find_prose_reasons(old: str, new: str, *, lexicon: Lexicon) -> list[str]:
    """Clauses such as “the number “20” became “30””, one for each change of the claim; empty when there is none."""
    if old == new:
        return []
    if not old.strip() or not new.strip():
        return ["a text was added" if new.strip() else "the text was removed"] if old.strip() or new.strip() else []
    capitals = Prose(old, lexicon=lexicon).capitals | Prose(new, lexicon=lexicon).capitals
    before, after = (Prose(text, lexicon=lexicon, names=capitals) for text in (old, new))
    found = [*_compare_weighty(before.weighty, after.weighty)]
    found += _find_flips(before, after)
    found = found or [*_find_moves(before, after)]
    found += _find_sentences(before, after)
    return (
        found if len(found) <= _SHOWN + 1 else [*found[:_SHOWN], f"and {len(found) - _SHOWN} more changes like these"]
    )


def _compare_weighty(old: Sequence[Token], new: Sequence[Token]) -> Iterator[str]:
    before, after = ([(token.key, token.sort) for token in tokens] for tokens in (old, new))
    if before == after:
        return
    if Counter(before) == Counter(after):
        yield "numbers, names or other words that carry the claim stand in another order"
        return
    for op, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op != "equal":
            yield _say(old[a:b], new[c:d])


def _say(removed: Sequence[Token], added: Sequence[Token]) -> str:
    sort = [*removed, *added][0].sort
    was, now = (" … ".join(token.raw for token in tokens) for tokens in (removed, added))
    if removed and added:
        return f"the {sort} “{was}” became “{now}”"
    return f"the {sort} “{now}” was added" if added else f"the {sort} “{was}” was removed"


def _find_flips(before: Prose, after: Prose) -> Iterator[str]:
    gone, come = before.plain - after.plain, after.plain - before.plain
    roots: dict[str, str] = {root: word for word in come for root in words.list_roots(word)}
    for word in gone:
        turned = next((roots[root] for root in sorted(words.list_roots(word)) if root in roots), "")
        if turned:
            yield f"“{word}” became “{turned}”, which turns the sense"


def _find_moves(before: Prose, after: Prose) -> Iterator[str]:
    """With the weighty words as they were, a plain word on the other side of one of them may belong to another."""
    if not after.weighty:
        return
    for word, slots in before.slots.items():
        was, now = Counter(slots), Counter(after.slots.get(word, []))
        if was - now and now - was:
            yield f"“{word}” stands on the other side of a number, a name or another word that carries the claim"
            return


def _find_sentences(before: Prose, after: Prose) -> Iterator[str]:
    for one, other, what in ((after, before, "added"), (before, after, "removed")):
        known = set().union(*other.sentences)
        if any(_is_strange(sentence, known) for sentence in one.sentences):
            yield f"a whole statement was {what}"


def _is_strange(sentence: Iterable[str], known: set[str]) -> bool:
    own = set(sentence)
    return len(own) >= _NEW_SENTENCE and 2 * len(own & known) < len(own)


def _split(text: str) -> Iterator[Token]:
    sentence = 0
    plain = re.sub(r"(?i)\bper cent\b", "percent", unicodedata.normalize("NFC", text).replace("’", "'"))
    for match in _TOKEN.finditer(plain):
        sort = match.lastgroup or ""
        sentence += sort == "end"
        if sort == "mark":
            if unicodedata.category(match.group())[0] != "S" or match.group() in _MARKUP:
                continue
            sort = "sign"
        yield Token(match.group().strip() or "\n", "", sort, sentence)


def _weigh_mark(token: Token) -> Token:
    if token.sort == "range":
        return Token(token.raw, "–", "sign", token.sentence)
    if token.sort == "sign":
        key = "−" if token.raw in "-−–" else token.raw
        sort = "unit" if token.raw in "%‰°" else "sign"
        return Token(token.raw, words.SAME.get(key, key), sort, token.sentence)
    return Token(token.raw, token.raw, token.sort, token.sentence)


_POSITIVE = {"won't": "will", "shan't": "shall", "can't": "can", "cannot": "can"}
_SORTS = (
    ("negation", words.NEGATIONS),
    ("number", words.NUMBERS),
    ("unit", words.UNITS),
    ("word of quantity", words.QUANTITIES),
    ("word of certainty", words.CERTAINTY),
    ("word of comparison", words.COMPARISONS),
    ("word of cause", words.CAUSES),
    ("word for people", words.PEOPLE),
)


def _sort_word(raw: str, word: str, *, before: Token | None, after: Token | None) -> str:
    if any(letter.isnumeric() for letter in raw):
        return "number"
    if before is not None and before.sort == "number" and word in words.UNITS_AFTER_A_NUMBER:
        return "unit"
    if after is not None and word in words.BEFORE_A_NUMBER and _is_number(after):
        return "word of quantity"
    for sort, known in _SORTS:
        if word in known or words.SAME.get(word) in known:
            return sort
    if words.is_drug(word):
        return "name"
    return "name" if _is_short_form(raw) else ""


def _find_next(read: Sequence[Token], at: int) -> Token | None:
    """The word after this one, beyond an article: “about a third”."""
    following = read[at + 1 : at + 3]
    if len(following) == 2 and following[0].raw.casefold() in words.ARTICLES:
        return following[1]
    return following[0] if following else None


def _is_number(token: Token) -> bool:
    return token.sort == "number" or token.raw.casefold() in words.NUMBERS


def _is_short_form(raw: str) -> bool:
    """“MS”, “SSc”, “mRNA”: letters of which more than the first are capitals, or any but the first."""
    return len(raw) > 1 and any(letter.isupper() for letter in raw[1:])


def _stem(raw: str) -> str:
    """A word as names are looked up: in lower case, without -s; a short form as it is."""
    plain = raw.replace("’", "'").removesuffix("'s")
    if _is_short_form(plain.removesuffix("s")):
        return plain.removesuffix("s")
    folded = plain.casefold()
    return folded.removesuffix("s") if len(folded) > 3 and not folded.endswith("ss") else folded
