"""Markdown of editors: CommonMark, sanitised; `[@key]` and `[@key; @other]` cite sources, as in Pandoc."""

import re
from collections.abc import Callable, Collection
from html import unescape

import nh3
from markdown_it import MarkdownIt

_CITE = re.compile(r"\s*\[(@[\w.-]+(?:\s*;\s*@[\w.-]+)*)\]")
_CITE_IN_SENTENCE = re.compile(rf"{_CITE.pattern}([.,;:!?]?)")
"""With the sign that ends the sentence: the mark stands after it, so that no line begins with a full stop."""
_TAGS = {"p", "em", "strong", "ul", "ol", "li", "a", "blockquote", "h3", "h4", "br", "code"}
_PLACE = "\ue000{}\ue001"
_PLACED = re.compile("\ue000(\\d+)\ue001")
_WITHIN_WORDS = re.compile(r"</?(?:em|strong|a|code)\b[^>]*>")
_RESERVED = re.compile("[\ue000\ue001]")
_markdown = MarkdownIt("commonmark", {"html": False})


def cited_keys(text: str) -> list[str]:
    """Keys of the sources that the text cites, in order, each once."""
    groups = (match.group(1) for match in _CITE.finditer(text))
    return list(dict.fromkeys(key.strip().lstrip("@") for group in groups for key in group.split(";")))


def keep_citations(text: str, known: Collection[str]) -> str:
    """The Markdown with citations of the known sources only; the others leave no trace."""

    def keep(match: re.Match[str]) -> str:
        kept = [f"@{key}" for key in cited_keys(match.group(0)) if key in known]
        return f" [{'; '.join(kept)}]" if kept else ""

    return _CITE.sub(keep, text)


def render(text: str, marks: Callable[[list[str]], str]) -> str:
    """Safe HTML. `marks` makes the HTML of the reference marks for a list of keys."""
    groups: list[str] = []

    def place(match: re.Match[str]) -> str:
        groups.append(match.group(0))
        return match.group(2) + _PLACE.format(len(groups) - 1)

    html = nh3.clean(
        _markdown.render(_CITE_IN_SENTENCE.sub(place, _RESERVED.sub("", text))),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return _PLACED.sub(lambda match: marks(cited_keys(groups[int(match.group(1))])), html)


def plain(text: str) -> str:
    """The text without citations and marks, for searches, feeds and summaries."""
    words = re.sub(r"<[^>]+>", " ", _WITHIN_WORDS.sub("", render(text, lambda keys: "")))
    return re.sub(r"\s+", " ", unescape(words)).strip()
