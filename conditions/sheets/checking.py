"""What can be said of a sheet as a whole before a row is looked at: its columns, its keys, what stands under what."""

from collections.abc import Collection, Iterator, Mapping

from conditions.sheets.base import VERSION, ItemResource
from conditions.sheets.problems import Problem, SheetRefused
from conditions.sheets.reading import Row, Table

# What a person may hope to set, and what only the actions of the workflow set.
_WORKFLOW = {"status", "review", "reviewer", "approved", "approval", "digest", "submitted", "published", "decision"}


def arrange(table: Table, resource: ItemResource) -> Table:
    """The table with the resource's columns in their order, and a version. Raises SheetRefused."""
    known = {header.casefold(): header for header in resource.get_headers()}
    given = [known.get(header.casefold(), header) for header in table.headers]
    problems = [*_find_wrong_columns(given, known.values()), *_find_missing_columns(given, known.values())]
    if problems:
        raise SheetRefused(problems)
    places = {header: place for place, header in enumerate(given)}
    headers = resource.get_headers()
    rows = [Row(row.number, [row.cells[places[h]] if h in places else "" for h in headers]) for row in table.rows]
    return Table(headers, rows)


def _find_wrong_columns(given: list[str], known: Collection[str]) -> Iterator[Problem]:
    for header in dict.fromkeys(given):
        if given.count(header) > 1 and header:
            yield Problem("This column stands here twice. Keep one.", 1, header)
        elif not header:
            yield Problem("A column with cells has no name in the first row.", 1)
        elif header not in known and header.casefold() in _WORKFLOW:
            message = "This is never set by a sheet: what is imported becomes a draft. Take the column out."
            yield Problem(message, 1, header)
        elif header not in known:
            yield Problem("There is no such column. Check its spelling, or take it out.", 1, header)


def _find_missing_columns(given: list[str], known: Collection[str]) -> Iterator[Problem]:
    # Without versions a sheet can still bring what is new.
    for header in known:
        if header not in given and header != VERSION:
            yield Problem("This column is missing. Export a sheet to see how it begins.", 1, header)


def find_twins(table: Table) -> list[Problem]:
    """A problem for each row whose key stands in a row above."""
    seen: dict[str, int] = {}
    problems = []
    for row in table.rows:
        key = row.cells[0].strip()
        first = seen.setdefault(key, row.number)
        if key and first != row.number:
            problems.append(Problem(f"The key “{key}” stands in row {first} already. Keep one.", row.number, "key"))
    return problems


def find_circles(table: Table, resource: ItemResource) -> list[Problem]:
    """A problem for each row that would stand above itself."""
    column = resource.self_link
    field = next(c.attribute for c in resource.columns if c.column_name == column)
    saved = resource.model._default_manager.filter(**{f"{field}__isnull": False})
    above = dict(saved.order_by().values_list("key", f"{field}__key"))
    above.update(_read_links(table, column))
    message = "This would stand above itself. Follow the chain upwards and mend it."
    return [Problem(message, row.number, column) for row in table.rows if _comes_back(row.cells[0].strip(), above)]


def order_rows(table: Table, resource: ItemResource) -> list[Row]:
    """The rows, those first that others name."""
    by_key = {row.cells[0].strip(): row for row in table.rows}
    above = _read_links(table, resource.self_link)
    ordered: dict[int, Row] = {}
    for row in table.rows:
        chain: dict[int, Row] = {}
        key = row.cells[0].strip()
        while key in by_key and by_key[key].number not in ordered and by_key[key].number not in chain:
            chain[by_key[key].number] = by_key[key]
            key = above.get(key, "")
        ordered.update(reversed(chain.items()))
    return list(ordered.values())


def _read_links(table: Table, column: str) -> dict[str, str]:
    place = table.headers.index(column)
    return {row.cells[0].strip(): row.cells[place].strip() for row in table.rows}


def _comes_back(start: str, above: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    key = above.get(start, "")
    while key and key not in seen:
        if key == start:
            return True
        seen.add(key)
        key = above.get(key, "")
    return False
