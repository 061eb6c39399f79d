"""The whole of a load: read, check, write."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Model, ProtectedError

from editorial import tracking
from editorial.loading import checking
from editorial.loading.checking import Parsed
from editorial.loading.problems import LoadRefused, Problem
from editorial.loading.reading import read_all
from editorial.loading.rows import Link, Row, Section
from editorial.loading.writing import Found, Writer, find_on_site, load_existing
from editorial.models import ReviewedItem, User
from editorial.progress import Progress, no_progress


@dataclass(frozen=True)
class Loaded:
    """What a load did. The rows are in the order in which they were written."""

    created: list[Model]
    updated: list[Model]
    unchanged: list[Model]

    @property
    def items(self) -> list[ReviewedItem]:
        """All reviewed items of the files."""
        return [row for row in (*self.created, *self.updated, *self.unchanged) if isinstance(row, ReviewedItem)]


def load(
    paths: Iterable[str | Path],
    sections: Sequence[Section],
    *,
    by: User | None,
    comment: str,
    skip: Callable[[list[Link]], set[Link]] = lambda links: set(),
    progress: Progress = no_progress,
) -> Loaded:
    """Makes the files' entries drafts, each item in one revision of its own; what is the same already is not touched.

    `skip` names the entries that are to be left out. Raises LoadRefused with every problem, and has then changed
    nothing.
    """
    problems: list[Problem] = []
    by_name = {section.name: section for section in sections}
    reading = read_all(paths, sections=by_name)
    parsed = checking.parse_all(reading.entries, by_name, problems)
    failed = {raw.key for raw in reading.entries} - {item.raw.key for item in parsed}
    with transaction.atomic():
        problems += checking.find_duplicates(parsed)
        left_out = skip([item.row.link for item in parsed if item.row])
        parsed = [item for item in parsed if item.row is None or item.row.link not in left_out]
        rows = _in_order(parsed, sections)
        found = find_on_site({*rows, *(link for item in parsed for link, _ in item.names)})
        existing = load_existing(rows, found)
        problems += _check(parsed, found, existing, progress)
        if not reading.problems:  # Else what is missing may stand in the part that could not be read.
            known = {*found, *checking.provided_links(parsed)}
            problems += checking.find_unknown(parsed, known, failed)
        if reading.problems or problems:
            raise LoadRefused(sorted([*reading.problems, *problems], key=lambda p: (p.file, p.line)))
        writer = Writer(rows, found, existing, by=by, comment=comment, done=progress("Loading", len(rows)))
        return _write(writer, {item.row.link: item for item in parsed if item.row})


def _in_order(parsed: Sequence[Parsed], sections: Sequence[Section]) -> dict[Link, Row]:
    """The rows to load: sections in their order, entries as they stand in the files."""
    order = {section.name: number for number, section in enumerate(sections)}
    items = sorted((item for item in parsed if item.row), key=lambda item: order[item.raw.section])
    return {item.row.link: item.row for item in items if item.row}


def _check(parsed: Sequence[Parsed], found: Found, existing: Mapping[Link, Model], progress: Progress) -> list[Problem]:
    problems = [*checking.find_repeated(parsed), *checking.find_circles(parsed)]
    step = progress("Checking", len(parsed))
    for item in parsed:
        problems += checking.find_invalid(item)
        problems += checking.find_fixed(item, existing, found)
        step()
    return problems


def _write(writer: Writer, parsed: Mapping[Link, Parsed]) -> Loaded:
    try:
        with tracking.together():
            writer.write_all()
    except ProtectedError as error:
        raw = parsed[writer.current].raw
        named = ", ".join(f"“{row}”" for row in sorted(map(str, error.protected_objects))[:5])
        message = f"What the file leaves out cannot be removed, because others name it: {named}."
        raise LoadRefused([raw.problem(message)]) from error
    instances = writer.instances
    return Loaded(
        created=[instances[link] for link in writer.created],
        updated=[instances[link] for link in writer.updated],
        unchanged=[i for link, i in instances.items() if link not in {*writer.created, *writer.updated}],
    )
