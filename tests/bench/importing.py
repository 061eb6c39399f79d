"""A spreadsheet of many facts becomes drafts: how long it takes, and how much memory."""

import gc
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import call_command

from conditions.models import Condition, Fact
from conditions.sheets.catalog import SHEETS
from conditions.sheets.writing import write_csv
from tests.bench.cases import IMPORT
from tests.bench.samples import Sample, make_samples
from tests.bench.timing import taking
from tests.factories import make_editor

PART = "import"


def take(*, round: int, size: int) -> Iterator[Sample]:
    """`size` new facts. Writes into its database, which has to be a copy."""
    editor = make_editor()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "facts.csv"
        file.write_bytes(make_sheet(size))
        before = _peak_mb()
        with taking() as taken:
            gc.enable()  # Its memory is measured, too.
            call_command("import_sheet", "facts", str(file), "--by", editor.username, verbosity=0)
    seconds = taken.wall_ms / 1000
    values = {"seconds": seconds, "peak MB": _peak_mb(), "peak MB before": before, "queries": taken.queries}
    if Fact.objects.filter(key__startswith="imported-").count() != size:
        raise RuntimeError("Not all rows were imported.")
    yield from make_samples(PART, IMPORT, values, round=round, size=size)


def make_sheet(count: int) -> bytes:
    """As many rows, each a copy of a fact of the site with a key of its own."""
    sheet = SHEETS["facts"]()
    headers = sheet.get_headers()
    condition = Condition.objects.order_by("pk")[0]
    some = list(Fact.objects.filter(condition=condition, parent=None).order_by("pk").values_list("pk", flat=True))
    rows = [dict(zip(headers, sheet.get_cells(fact), strict=True)) for fact in sheet.load(some)]
    copies = (rows[number % len(rows)] | _own(number) for number in range(count))
    return write_csv(headers, ([row[header] for header in headers] for row in copies))


def _own(number: int) -> dict[str, Any]:
    return {"key": f"imported-{number}", "version": ""}


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
