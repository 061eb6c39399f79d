"""The Spanish words of the interface are complete, and a machine without gettext serves them."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from conditions.presenting import say_date
from tests.catalogue import FOLDER, list_forms, list_messages, read_compiled, read_source

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
MARKUP = re.compile(r"</?[a-z]+|href=\"[^\"]*\"")
# No database is asked.
_SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "sclerosis_site.settings",
    "DEBUG": "1",
    "DATABASE_URL": "postgres://localhost/no",
}


def test_every_word_is_translated_for_certain() -> None:
    messages = list_messages(read_source())

    assert len(messages) > 400
    assert [m.id for m in messages if m.fuzzy or not all(spanish.strip() for _, spanish in list_forms(m))] == []


@pytest.mark.parametrize("pattern", [PLACEHOLDER, MARKUP])
def test_a_translation_keeps_placeholders_and_markup(pattern: re.Pattern[str]) -> None:
    forms = [pair for message in list_messages(read_source()) for pair in list_forms(message)]

    differing = [pair for pair in forms if sorted(pattern.findall(pair[0])) != sorted(pattern.findall(pair[1]))]

    assert differing == []


def test_a_translation_ends_as_its_sentence_does() -> None:
    forms = [pair for message in list_messages(read_source()) for pair in list_forms(message)]

    assert [(en, es) for en, es in forms if (en[-1] in ".?:") != (es[-1] in ".?:")] == []


def test_the_compiled_catalogue_says_the_same() -> None:
    source, compiled = (
        {form for m in list_messages(c) for form in list_forms(m)} for c in (read_source(), read_compiled())
    )

    assert compiled == source


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed, so no words are collected")
def test_the_catalogue_has_every_word_of_the_interface(tmp_path: Path) -> None:
    """Collected anew from a copy of what readers' pages are made of."""
    for name in ("comparisons", "conditions", "editorial", "sclerosis_site", "templates"):
        shutil.copytree(settings.BASE_DIR / name, tmp_path / name, ignore=shutil.ignore_patterns("*.pyc", "*.mo"))
    makefile = (settings.BASE_DIR / "Makefile").read_text(encoding="utf-8")
    ignored = re.findall(r"^NO_MESSAGES := (.*)$", makefile, re.MULTILINE)[0].replace("$(VENV)", ".venv").split()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale", "es", "--no-obsolete", "--no-location", *ignored],
        cwd=tmp_path,
        env={**os.environ, **_SETTINGS, "PYTHONPATH": str(tmp_path)},
        check=True,
        capture_output=True,
    )

    collected = read_source(tmp_path / FOLDER.relative_to(settings.BASE_DIR) / "django.po")
    assert {m.id for m in list_messages(collected)} == {m.id for m in list_messages(read_source())}


def test_days_are_said_in_the_language_of_the_page() -> None:
    with translation.override("es"):
        assert say_date(date(2026, 11, 29)) == "29 de noviembre de 2026"
    with translation.override("en"):
        assert say_date(date(2026, 11, 29)) == "29 November 2026"
