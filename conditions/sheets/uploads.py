"""Keeps an uploaded sheet between its dry run and its confirmation."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from conditions.models import SheetUpload
from conditions.sheets.base import ItemResource
from conditions.sheets.reading import Table, read_table
from editorial.models import User

_KEPT_FOR = timedelta(days=1)
MOST_ROWS = 1000
"""So many rows are read on one page."""


def keep_upload(content: bytes, *, name: str, encoding: str, sheet: type[ItemResource], by: User) -> SheetUpload:
    """The upload, to be found again by its id and its person. Those that nobody confirmed in a day are removed."""
    SheetUpload.objects.filter(uploaded_at__lt=timezone.now() - _KEPT_FOR).delete()
    return SheetUpload.objects.create(content=content, name=name, encoding=encoding, sheet=_name(sheet), by=by)


def find_upload(pk: UUID, *, sheet: type[ItemResource], by: User, lock: bool = False) -> SheetUpload | None:
    """The person's own upload for that sheet, if it is still there."""
    found = SheetUpload.objects.filter(pk=pk, sheet=_name(sheet), by=by)
    return (found.select_for_update() if lock else found).first()


def read_upload(upload: SheetUpload, sheet: type[ItemResource]) -> Table:
    """The table of the upload. Raises FileRefused."""
    columns = sheet().get_headers()
    return read_table(
        bytes(upload.content), name=upload.name, encoding=upload.encoding, columns=columns, most_rows=MOST_ROWS
    )


def _name(sheet: type[ItemResource]) -> str:
    return str(sheet._meta.model._meta.model_name)
