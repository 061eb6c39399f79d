"""The whole of an import: what it would do, and doing it. All of it, or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import tablib
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, connection, transaction
from import_export.results import Result

from conditions.sheets.base import ROW, ItemResource, Line, SheetRow
from conditions.sheets.checking import arrange, find_circles, find_twins, order_rows
from conditions.sheets.problems import Problem, SheetRefused
from conditions.sheets.reading import Row, Table
from editorial import tracking
from editorial.models import Review, User
from editorial.progress import Progress, no_progress

_AT_ONCE = 250
"""So many items are in memory at a time."""


@dataclass
class Outcome:
    """What an import would do, or did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    lines: list[Line] = field(default_factory=list)
    """The rows in the order of the file; without those that change nothing unless they were asked for."""

    def __str__(self) -> str:
        return f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged"


def preview(
    table: Table, sheet: type[ItemResource], *, by: User, keep_lines: bool = True, progress: Progress = no_progress
) -> Outcome:
    """What the import would do. Nothing is saved. Raises SheetRefused with every problem."""
    resource = sheet(by=by)
    arranged = arrange(table, resource)
    problems = [*find_twins(arranged), *find_circles(arranged, resource)]
    _plan(resource, arranged)
    step = progress("Checking", len(arranged.rows))
    outcome = Outcome()
    for part, result in _import_in_parts(resource, arranged.headers, arranged.rows, is_preview=True):
        problems += _read_problems(part, result)
        _count(outcome, result, keep_lines=keep_lines)
        for _ in result.rows:
            step()
    if problems:
        raise SheetRefused(sorted(problems, key=lambda problem: problem.row))
    return outcome


def apply(
    table: Table, sheet: type[ItemResource], *, by: User, comment: str, progress: Progress = no_progress
) -> Outcome:
    """Saves what the sheet says as drafts of this person, each item as one version, in one transaction.

    What others changed since it was exported, or since the preview, is refused. Raises SheetRefused with every
    problem, and has then changed nothing.
    """
    resource = sheet(by=by, comment=comment)
    arranged = arrange(table, resource)
    with transaction.atomic():
        _lock(arranged, resource)
        preview(arranged, sheet, by=by, keep_lines=False, progress=progress)
        try:
            return _write(arranged, resource, progress)
        except IntegrityError as error:
            message = "Somebody saved one of these items at the same moment. Nothing was imported. Try it again."
            raise SheetRefused([Problem(message)]) from error


def _lock(table: Table, resource: ItemResource) -> None:
    """Locks the Reviews of the items in their one order, so that what is checked stays so until it is saved."""
    keys = {row.cells[0].strip() for row in table.rows}
    reviews = Review.objects.filter(kind=resource.model._meta.model_name, key__in=keys).order_by("pk")
    list(reviews.select_for_update(no_key=True).values_list("pk", flat=True))


def _write(table: Table, resource: ItemResource, progress: Progress) -> Outcome:
    step = progress("Importing", len(table.rows))
    outcome = Outcome()
    for part in _divide(order_rows(table, resource)):
        with tracking.together():
            for members, result in _import_in_parts(resource, table.headers, part, is_preview=False):
                problems = list(_read_problems(members, result))
                if problems:
                    raise SheetRefused(problems)
                _count(outcome, result, keep_lines=False)
                for _ in result.rows:
                    step()
            resource.save_waiting()
    connection.check_constraints()  # Now, not at the commit: nothing may be announced that fails then.
    return outcome


def _plan(resource: ItemResource, table: Table) -> None:
    """Tells the resource which keys are new, so that rows may name one another."""
    resource.names.plan(resource.model, {row.cells[0].strip() for row in table.rows} - {""})


def _import_in_parts(
    resource: ItemResource, headers: list[str], rows: list[Row], *, is_preview: bool
) -> Iterator[tuple[list[Row], Result]]:
    for part in _divide(rows):
        data = tablib.Dataset(*([*row.cells, str(row.number)] for row in part), headers=[*headers, ROW])
        result = resource.import_data(data, is_preview=is_preview)
        for error in (*result.base_errors, *(error for row in result.rows for error in row.errors)):
            raise error.error  # No refusal, but a fault of ours: not to be taken for one.
        yield part, result


def _divide(rows: list[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]


def _read_problems(part: list[Row], result: Result) -> Iterator[Problem]:
    for invalid in result.invalid_rows:
        number = part[invalid.number - 1].number
        for column, messages in invalid.error.message_dict.items():
            for message in messages:
                yield Problem(message, number, "" if column == NON_FIELD_ERRORS else column)


def _count(outcome: Outcome, result: Result, *, keep_lines: bool) -> None:
    for row in result.rows:
        line = row.line if isinstance(row, SheetRow) else None
        if line is None:
            continue
        if line.is_new:
            outcome.new += 1
        elif line.changes:
            outcome.changed += 1
        else:
            outcome.unchanged += 1
        if keep_lines:
            outcome.lines.append(line)
