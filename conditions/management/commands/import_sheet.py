"""A sheet of any size becomes drafts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conditions.sheets.catalog import SHEETS
from conditions.sheets.importing import apply, preview
from conditions.sheets.problems import SheetRefused
from conditions.sheets.reading import UTF8, WINDOWS, read_table
from editorial.models import User
from editorial.progress import show_progress


class Command(BaseCommand):
    help = "Imports a spreadsheet (CSV or XLSX; see docs/sheets.md) as drafts. All of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sheet", choices=SHEETS, help="what the rows are")
        parser.add_argument("file", type=Path, metavar="FILE", help="a .csv or .xlsx file")
        parser.add_argument("--by", metavar="USERNAME", required=True, help="the account that makes the changes")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--comment", default="", help="the comment of each version")
        parser.add_argument("--encoding", choices=(UTF8, WINDOWS), default=UTF8, help="of a CSV file")

    def handle(self, *args: Any, **options: Any) -> None:
        sheet, file, by = SHEETS[options["sheet"]], options["file"], _get_account(options["by"])
        progress = show_progress(verbosity=options["verbosity"])
        comment = options["comment"] or f"Imported from {file.name}."
        try:
            columns = sheet().get_headers()
            table = read_table(_read(file), name=file.name, encoding=options["encoding"], columns=columns)
            if options["dry_run"]:
                outcome = preview(table, sheet, by=by, keep_lines=False, progress=progress)
            else:
                outcome = apply(table, sheet, by=by, comment=comment, progress=progress)
        except SheetRefused as refusal:
            raise CommandError(f"{refusal}\nNothing was imported.") from refusal
        if options["verbosity"]:
            what = "This would be imported" if options["dry_run"] else "Imported as drafts"
            self.stdout.write(f"{what}: {outcome}.")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"The file “{file}” cannot be read: {error.strerror}.") from error


def _get_account(username: str) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active account named “{username}”.")
    return user
