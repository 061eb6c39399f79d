"""What the content files of fixtures/ hold, and Django's own dumps of it."""

import json
from pathlib import Path
from typing import Any

from django.core.management import call_command

from comparisons.models import FAQ, Comparison
from conditions.models import Citation, Condition, Fact, Measure, StyleRule, Term, Topic

COUNTS = {
    Condition: 3,
    Fact: 519,
    Comparison: 3,
    FAQ: 20,
    Topic: 22,
    Measure: 24,
    Term: 50,
    StyleRule: 26,
    Citation: 366,
}


def dump(path: Path) -> list[dict[str, Any]]:
    """The content as `dumpdata` writes it with natural keys."""
    models = ["conditions", "comparisons"]
    call_command("dumpdata", *models, natural_foreign=True, natural_primary=True, output=str(path), verbosity=0)
    return json.loads(path.read_text(encoding="utf-8"))
