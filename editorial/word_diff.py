"""The difference of two texts word by word, and its HTML."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from diff_match_patch import diff_match_patch
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from editorial.languages import interface_lang

Op = Literal["equal", "insert", "delete"]


@dataclass(frozen=True)
class Segment:
    op: Op
    text: str


# A number with its separators, a word with its hyphens and apostrophes, a run of spaces, one mark.
_TOKEN = re.compile(r"\w+(?:[.,'’/\-–]\w+)*|\s+|[^\w\s]")
_FIRST = 0xF0000  # Planes for private use: no token is taken for a letter or a space by the engine's clean-up.
_OPS: dict[int, Op] = {-1: "delete", 0: "equal", 1: "insert"}


def diff_words(old: str, new: str) -> tuple[Segment, ...]:
    """The segments that make `old` (equal and deleted) and `new` (equal and inserted). No word is ever split."""
    known: dict[str, str] = {}
    before, after = _encode(old, known), _encode(new, known)
    words = {mark: token for token, mark in known.items()}
    engine = diff_match_patch()
    engine.Diff_Timeout = 0.5  # Seconds; then it answers with a coarser difference.
    found = engine.diff_main(before, after, False)
    engine.diff_cleanupSemantic(found)
    return tuple(Segment(_OPS[op], "".join(words[mark] for mark in marks)) for op, marks in found)


def render_segments(segments: Iterable[Segment]) -> SafeString:
    """Safe HTML: <ins> and <del>, each with a hidden word, so that it is not told by colour alone."""
    return format_html_join("", "{}", ((_render(segment),) for segment in segments))


def _encode(text: str, known: dict[str, str]) -> str:
    return "".join(known.setdefault(token, chr(_FIRST + len(known))) for token in _TOKEN.findall(text))


def _render(segment: Segment) -> SafeString:
    if segment.op == "equal":
        return format_html("{}", segment.text)
    tag, word = ("ins", _("added")) if segment.op == "insert" else ("del", _("removed"))
    return format_html(
        '<{0}><span class="visually-hidden"{3}>[{1}: </span>{2}<span class="visually-hidden">]</span></{0}>',
        tag,
        word,
        segment.text,
        interface_lang(),
    )
