"""A small set of content files, and loading what it is changed to."""

from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.steps import read_database

WHOLE = """
topics:
  - {slug: symptoms, name: Symptoms, question: "What are they?", aspect: Symptoms, position: 10, in_table: true}
measures:
  - {slug: share, name: Share, unit: percent, plausible: [0, 100], display: percent}
style_rules:
  - {slug: never, pattern: '(?i)\\bnever\\b', message: An absolute.}
citations:
  - {key: smith-2020, type: article-journal, title: A study, issued: "2020-05", evidence: cohort, accessed: 2026-11-22,
     authors: [{family: Smith, given: Ann}, {literal: A group}]}
  - {key: jones-2021, type: webpage, title: A page, evidence: other, url: "https://example.org/"}
terms:
  - {slug: sclerosis, preferred: sclerosis, definition: Hardening., citations: [smith-2020],
     avoid: [{text: hardness, reason: Not the same.}]}
conditions:
  - slug: ms
    name: Multiple sclerosis
    definition: A disease.
    definition_citations: [smith-2020]
    subtypes:
      - {slug: rrms, name: Relapsing, definition: It comes and goes., citations: [smith-2020]}
      - {slug: not-it, name: Another, definition: Another condition., is_separate: true}
facts:
  - {key: child, condition: ms, topic: symptoms, kind: item, prominence: detail, position: 20, text: Second.,
     parent: lead, certainty: high, citations: [smith-2020]}
  - key: lead
    condition: ms
    subtype: rrms
    topic: symptoms
    kind: quantity
    prominence: key
    rule: any_of
    position: 10
    short: Tired
    text: "Many are tired:"
    certainty: high
    quantity:
      {measure: share, feature: fatigue, low: 40, high: 60.5, interval: [30, 70.25], bound: about, unit: percent,
       sex: women, comparator: {label: others, value: 10}}
    citations: [{key: smith-2020, locator: Table 1, quote: "half"}, jones-2021]
    note: To check.
comparisons:
  - slug: pair
    title: A pair
    conditions: [ms]
    answer: "They differ [@smith-2020]."
    sections: [{topic: symptoms, heading: Symptoms, lead: "Both. [@jones-2021]", verdict: partly, rests_on: [lead]}]
    points:
      - {kind: similarity, topic: symptoms, text: Both tire., citations: [smith-2020], rests_on: [lead, child]}
      - {kind: confusion, topic: symptoms, text: They are confused., citations: [smith-2020]}
faqs:
  - {slug: why, question: Why?, answer: Because., conditions: [ms], comparisons: [pair],
     citations: [smith-2020], position: 1}
claims:
  - {article: A, claim: It is so., verdict: supported, citations: [smith-2020]}
"""


def write(folder: Path, text: str, name: str = "content.yaml") -> Path:
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def load(*paths: Path, **options: Any) -> None:
    call_command("load_content", *map(str, paths), verbosity=0, **options)


def refuse(*paths: Path, **options: Any) -> list[str]:
    """The problems for which the load was refused, after it was seen that nothing was loaded."""
    before = read_database()
    with pytest.raises(CommandError) as caught:
        load(*paths, **options)
    assert read_database() == before
    return str(caught.value).splitlines()


def changed(old: str, new: str) -> str:
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)
