"""The documentation says what the code does."""

from pathlib import Path

import pytest

from editorial import workflow

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("page", ["README.md", "docs/workflow.md"])
def test_the_workflow_diagram_is_the_table_of_moves(page):
    assert workflow.mermaid() in (ROOT / page).read_text(encoding="utf-8")


def test_every_decision_record_is_listed():
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    unlisted = [path.name for path in folder.glob("0*.md") if path.name not in index]
    assert not unlisted


def test_links_between_documents_lead_somewhere():
    import re

    broken = []
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), ROOT / "fixtures" / "README.md"]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} → {target}")
    assert not broken
