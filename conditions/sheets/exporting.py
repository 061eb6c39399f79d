"""Items as a file."""

from django.db.models import QuerySet

from conditions.sheets.base import ItemResource
from conditions.sheets.writing import CSV_TYPE, XLSX_TYPE, write_csv

FORMATS = {"xlsx": XLSX_TYPE, "csv": CSV_TYPE}
"""Content type by the end of the file's name."""
_AT_ONCE = 500


def export(items: QuerySet, sheet: type[ItemResource], *, suffix: str) -> bytes:
    """The file with a row for each of the items, ordered by key. Raises FileRefused when a workbook cannot hold it."""
    resource = sheet()
    headers = resource.get_headers()
    pks = list(items.order_by("key").values_list("pk", flat=True))
    parts = (pks[start : start + _AT_ONCE] for start in range(0, len(pks), _AT_ONCE))
    rows = (resource.get_cells(item) for part in parts for item in resource.load(part).order_by("key"))
    if suffix == "csv":
        return write_csv(headers, rows)
    from conditions.sheets.xlsx_writing import write_xlsx  # Not above: every worker would hold the library.

    return write_xlsx(headers, rows, title=str(resource.model._meta.verbose_name_plural))
