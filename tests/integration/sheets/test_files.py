"""Files that are no sheet: each is refused with a sentence that says what to do, and nothing is kept of it."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from conditions.models import Fact, SheetUpload
from conditions.sheets.catalog import SHEETS
from conditions.sheets.exporting import export
from conditions.sheets.problems import FileRefused
from conditions.sheets.reading import read_table
from tests.integration.sheets.conftest import (
    confirm,
    new_fact,
    problems_of,
    row_of,
    sign_in,
    to_csv,
    to_xlsx,
    upload,
)
from tests.steps import read_database

COLUMNS = ["key", "text", "version"]


def workbook(*rows, **parts) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(f"xl/{name}.xml", text)
    return content.getvalue()


def refusal_of(content: bytes, name: str = "sheet.csv", **options) -> str:
    with pytest.raises(FileRefused) as refusal:
        read_table(content, name=name, columns=COLUMNS, **options)
    return str(refusal.value)


def read(content: bytes, name: str = "sheet.csv", **options) -> list[list[str]]:
    return [row.cells for row in read_table(content, name=name, columns=COLUMNS, **options).rows]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"key\r\na", "sheet.txt", "ends neither in .csv nor in .xlsx"),
        (b"key\r\na", "sheet", "ends neither in .csv nor in .xlsx"),
        (b"", "sheet.csv", "The file is empty."),
        (b"\xef\xbb\xbf \r\n ", "sheet.csv", "The file is empty."),
        (b"key,text\r\n", "sheet.csv", "no row under them"),
        (b"key,text\r\n,\r\n\r\n", "sheet.csv", "no row under them"),
        (b"PK\x03\x04rest", "sheet.csv", "the file is an Excel workbook or an archive"),
        (b"key,text\r\na,b", "sheet.xlsx", "the file is no Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "sheet.xlsx", "an old Excel, or one with a password"),
        ("key,text\r\na,é".encode("utf-16"), "sheet.csv", "it looks like “Unicode text” (UTF-16)"),
        (b"key,text\r\na,caf\xe9", "sheet.csv", "no text in UTF-8 (see line 2)"),
        (b'key,text\r\na,"b', "sheet.csv", "Row 2: The quotation marks from here on do not fit"),
        (b'key,text\r\na,"b"c', "sheet.csv", "Row 2: The quotation marks from here on do not fit"),
        (b"key,text\r\na,b\r\nc,d,e", "sheet.csv", "Row 3: This row has more cells than there are columns."),
        (b"," * 200 + b"x\r\na", "sheet.csv", "which is no list of columns"),
        (b"PK\x03\x04" + b"x" * 100, "sheet.xlsx", "The workbook cannot be read"),
    ],
)
def test_what_is_no_sheet_is_refused_with_a_sentence(content, name, sentence):
    assert sentence in refusal_of(content, name)


@pytest.mark.parametrize("end", range(0, 4000, 411))
def test_a_workbook_that_is_cut_off_is_refused_with_a_sentence(end):
    whole = workbook(COLUMNS, ["a", "b"])

    assert refusal_of(whole[: len(whole) - end - 30], "sheet.xlsx")


def test_other_programs_csv_is_read_as_well():
    for text in ("key;text;version\r\na;b, c;", "key\ttext\tversion\na\tb, c\t", '\ufeffkey,text,version\na,"b, c",'):
        assert read(text.encode()) == [["a", "b, c", ""]]


def test_windows_letters_are_read_only_when_they_were_chosen():
    content = "key,text\r\na,café – “x”".encode("cp1252")

    assert "choose “Windows-1252”" in refusal_of(content)
    assert read(content, encoding="windows-1252") == [["a", "café – “x”"]]


def test_utf8_is_not_taken_for_windows_letters():
    assert "Choose UTF-8" in refusal_of("key,text\r\na,café".encode(), encoding="windows-1252")


def test_a_formula_in_a_workbook_is_refused_by_its_cell():
    assert refusal_of(workbook(COLUMNS, ["a", "=1+1"]), "sheet.xlsx").startswith("Row 2, column “B”: This cell holds a")
    assert "This cell holds an error, #N/A" in refusal_of(workbook(COLUMNS, ["a", "#N/A"]), "sheet.xlsx")


def test_numbers_and_dates_of_a_workbook_are_read_as_they_are_written():
    rows = [["a", 2020, 0.1], ["b", date(2026, 11, 22), datetime(2026, 11, 22)], ["c", True, -3.5]]

    assert read(workbook(COLUMNS, *rows), "sheet.xlsx") == [
        ["a", "2020", "0.1"],
        ["b", "2026-11-22", "2026-11-22"],
        ["c", "yes", "-3.5"],
    ]


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    bomb = workbook(COLUMNS, ["a", "b"], bomb="x" * 51_000_000)

    assert len(bomb) < 200_000
    assert "unpacked it has more than 50 MB" in refusal_of(bomb, "sheet.xlsx")


def test_a_workbook_with_declarations_is_refused():
    laugh = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'

    assert "declarations" in refusal_of(workbook(COLUMNS, ["a", "b"], laugh=laugh), "sheet.xlsx")


def test_a_workbook_that_lies_about_its_size_is_read_by_its_cells():
    whole = workbook(COLUMNS, ["a", "b", "c"])
    lying = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(lying, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part).replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"'))

    assert read(lying.getvalue(), "sheet.xlsx") == [["a", "b", "c"]]


def test_a_refused_file_is_named_beside_the_form_and_not_kept(site):
    client, before = sign_in(site.editor), read_database()

    answer = upload(client, b"key,text\r\na,caf\xe9")

    assert answer.status_code == 400
    assert "Save it as UTF-8: in Excel choose “CSV UTF-8”" in answer.content.decode()
    assert not SheetUpload.objects.exists()
    assert read_database() == before


def test_windows_letters_that_were_chosen_are_imported(site):
    client = sign_in(site.editor)
    content = to_csv(row_of("st-walk", text="Café – “x”.")).decode("utf-8-sig").encode("cp1252")

    confirm(client, upload(client, content, encoding="windows-1252"))

    assert Fact.objects.get(key="st-walk").text == "Café – “x”."


def test_a_file_that_is_too_large_is_refused_beside_its_field(site):
    answer = upload(sign_in(site.editor), b"key\r\n" + b"x" * 5_000_001)

    assert "at most 5 MB can be uploaded" in answer.context["adminform"].form.errors["file"][0]


def test_more_rows_than_fit_on_a_page_are_refused_with_the_command_that_takes_them(site):
    rows = [new_fact(f"st-{number}") for number in range(1001)]

    answer = upload(sign_in(site.editor), to_csv(*rows))

    (problem,) = problems_of(answer)
    assert "more than 1,000 rows" in problem[2]
    assert "manage.py import_sheet facts FILE --by USERNAME" in problem[2]


def test_the_name_of_a_file_is_no_path(site):
    client = sign_in(site.editor)

    upload(client, to_csv(new_fact("st-x")), "../../etc/sheet.csv")

    assert SheetUpload.objects.get().name == "sheet.csv"


def test_cells_that_begin_like_formulas_go_out_as_text_and_come_back_as_they_were(site):
    text = "=HYPERLINK(“x”)"
    Fact.objects.filter(pk=site.fact.pk).update(text=text, label="-3", note="'+1")
    site.fact.refresh_from_db()
    site.fact.save()
    before = read_database()
    client = sign_in(site.editor)

    for suffix in ("csv", "xlsx"):
        file = export(Fact.objects.all(), SHEETS["facts"], suffix=suffix)
        assert b"\"'=HYPERLINK" in file or suffix == "xlsx"
        shown = upload(client, file, f"sheet.{suffix}")
        assert "there is nothing to import" in shown.content.decode()
    assert read_database() == before


def test_a_text_that_is_too_long_for_a_workbook_is_never_cut_off(site):
    Fact.objects.filter(pk=site.fact.pk).update(note="x" * 33_000)

    with pytest.raises(FileRefused, match="longer than a cell of a workbook may be"):
        export(Fact.objects.all(), SHEETS["facts"], suffix="xlsx")
    assert b"x" * 33_000 in export(Fact.objects.all(), SHEETS["facts"], suffix="csv")


def test_a_workbook_and_csv_say_the_same(site):
    rows = [row_of("st-walk", text="New."), new_fact("st-x")]

    tables = [
        read_table(content, name=f"sheet.{suffix}", columns=SHEETS["facts"]().get_headers())
        for suffix, content in (("csv", to_csv(*rows)), ("xlsx", to_xlsx(*rows)))
    ]

    assert tables[0] == tables[1]
