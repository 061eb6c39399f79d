"""`make lighthouse`: the four grades of Lighthouse for the pages that most readers meet, with the real content.

Not part of the test run: pytest collects this file only when it is named. A grade of speed depends on the machine, so
run it where nothing else runs.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.page_types import REAL

LIGHTHOUSE = settings.LOCAL_DIR / "tools/node_modules/.bin/lighthouse"
PAGES = [REAL[name] for name in ("home", "comparison", "condition", "question")]
PERFECT = dict.fromkeys(("performance", "accessibility", "best-practices", "seo"), 100)


def grade(address: str, folder: Path) -> tuple[dict[str, float], list[str]]:
    """({category: 0 to 100}, what kept a grade from 100)."""
    report = folder / "report.json"
    chromium = " ".join(["--headless=new", "--disable-gpu", *ARGUMENTS])
    command = [str(LIGHTHOUSE), address, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--chrome-flags={chromium}"]
    subprocess.run(command, check=True, timeout=180, env={**os.environ, "CHROME_PATH": CHROMIUM})
    found = json.loads(report.read_text())
    grades = {name: 100 * category["score"] for name, category in found["categories"].items()}
    weighty = {part["id"] for c in found["categories"].values() for part in c["auditRefs"] if part["weight"]}
    missed = [
        audit["title"] for name, audit in found["audits"].items() if name in weighty and audit["score"] not in (1, None)
    ]
    return grades, missed


def grade_fairly(address: str, folder: Path) -> tuple[dict[str, float], list[str]]:
    """The first of three attempts that is perfect, or the last: speed depends on what else the machine does."""
    for _ in range(3):
        grades, missed = grade(address, folder)
        if grades == PERFECT:
            break
    return grades, missed


@pytest.mark.django_db(transaction=True)
def test_every_grade_is_a_hundred(live_server, tmp_path: Path) -> None:
    assert LIGHTHOUSE.exists(), "Lighthouse is missing; `make tools` fetches it."
    call_command("demo", verbosity=0)

    for path in PAGES:
        grades, missed = grade_fairly(live_server.url + path, tmp_path)
        print(path, grades, missed)
        assert grades == PERFECT, missed
