"""A small site and ways to make, send and confirm sheets."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from conditions.models import Citation, Condition, Fact
from conditions.sheets.catalog import SHEETS
from conditions.sheets.exporting import export
from conditions.sheets.reading import read_table
from conditions.sheets.writing import write_csv
from conditions.sheets.xlsx_writing import write_xlsx
from editorial.models import User
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_topic, publish

Rows = list[dict[str, str]]


@dataclass
class Site:
    source: Citation
    condition: Condition
    fact: Fact
    other: Fact
    editor: User


@pytest.fixture
def site(db: None) -> Site:
    """Two public facts of one condition, with one source."""
    source = make_citation(key="roe-2020", title="A long study")
    condition = make_condition(slug="stiffness", sources=[source])
    topic = make_topic()
    fact = make_fact(condition, sources=[source], topic=topic, key="st-walk", text="About 1,250 people walked.")
    other = make_fact(condition, sources=[source], topic=topic, key="st-run", text="Nobody ran.")
    for item in (fact, other):
        item.save()  # Its sources were added after its first save.
    editor = make_editor(first_name="Edna", last_name="Editor")
    publish(source, condition, fact, other, editor=editor)
    return Site(source, condition, fact, other, editor)


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def export_rows(name: str = "facts") -> Rows:
    """The rows of an export, by column."""
    sheet = SHEETS[name]
    file = export(sheet._meta.model.objects.all(), sheet, suffix="csv")
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def row_of(key: str, name: str = "facts", **values: str) -> dict[str, str]:
    """The exported row of one item, with these cells changed."""
    row = next(row for row in export_rows(name) if row["key"] == key)
    return {**row, **{column.replace("_", " "): value for column, value in values.items()}}


def new_fact(key: str, **values: str) -> dict[str, str]:
    """A row for a fact of the site that is not there yet."""
    needed = {
        "key": key,
        "condition": "stiffness",
        "topic": "symptoms",
        "kind": "statement",
        "text": f"What {key} says.",
        "certainty": "moderate",
        "prominence": "detail",
        "position": "0",
        "calculated by us": "no",
        "sources": "roe-2020",
    }
    empty = dict.fromkeys(SHEETS["facts"]().get_headers(), "")
    return {**empty, **needed, **{column.replace("_", " "): value for column, value in values.items()}}


def to_csv(*rows: dict[str, str]) -> bytes:
    return write_csv(list(rows[0]), [list(row.values()) for row in rows])


def to_xlsx(*rows: dict[str, str]) -> bytes:
    return write_xlsx(list(rows[0]), [list(row.values()) for row in rows], title="sheet")


def to_table(*rows: dict[str, str], name: str = "facts") -> Any:
    return read_table(to_csv(*rows), name="sheet.csv", columns=SHEETS[name]().get_headers())


def url(page: str, *args: Any, model: str = "fact") -> str:
    return reverse(f"admin:conditions_{model}_{page}", args=args)


def upload(
    client: Client, content: bytes, name: str = "sheet.csv", *, model: str = "fact", **data: str
) -> HttpResponse:
    """Sends the file; a dry run without a mistake is followed to its page."""
    file = SimpleUploadedFile(name, content)
    return client.post(url("import", model=model), {"file": file, "encoding": "utf-8", **data}, follow=True)


def confirm(client: Client, shown: HttpResponse, **data: str) -> HttpResponse:
    """Presses the button of the dry run."""
    return client.post(shown.request["PATH_INFO"], data, follow=True)


def problems_of(response: HttpResponse) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.message) for p in response.context["problems"]]
