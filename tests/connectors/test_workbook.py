"""Are workbooks read, and bombs refused before they unpack?"""

from __future__ import annotations

import zipfile
from datetime import date

import openpyxl
import pytest

from loyaldesk.connectors import ImportSource, Limits, run_import
from loyaldesk.connectors.source import open_source
from loyaldesk.errors import Refused
from tests.support.importing import customer_map


@pytest.fixture
def workbook(tmp_path):
    def save(*sheets, name="book.xlsx"):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return save


def opened(path, **wishes):
    return open_source(ImportSource(location=str(path), **wishes))


def packed(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def test_numbers_dates_and_texts_of_a_sheet_come_in(store, reader, workbook):
    rows = [["No", "Name", "Since", "Limit"], [7, "Müller", date(2019, 2, 1), 1234.5], [8, "Bär"]]
    path = workbook(("List", rows))
    run_import(store, path, customer_map('customer_since = "Since"\ncredit_limit = "Limit"\n'))
    assert reader.rows(
        "SELECT number, name, customer_since, credit_limit_minor FROM customer ORDER BY number"
    ) == [("7", "Müller", "2019-02-01", 123_450), ("8", "Bär", None, None)]


def test_sheet_is_chosen_by_name_and_a_missing_one_refused(workbook):
    path = workbook(("One", [["A"], [1]]), ("Two", [["B"], [2]]))
    assert opened(path).columns("*") == ["A"]
    assert opened(path, sheet="Two").columns("*") == ["B"]
    with pytest.raises(Refused, match="it has: One, Two"):
        opened(path, sheet="Three")


def test_every_sheet_is_a_table_for_maps_with_several(workbook):
    tables = opened(workbook(("orders", [["no"], [1]]), ("lines", [["no", "item"], [1, "x"]])))
    assert tables.names == ["lines", "orders"]
    assert tables.count("lines") == 1


def test_rows_are_numbered_as_the_spreadsheet_shows_them(store, workbook):
    rows = [[None, None], ["No", "Name"], [7, "Kraft"], [None, None], [None, "Nobody"]]
    result = run_import(store, workbook(("List", rows)), customer_map())
    assert [(bad.row, bad.field) for bad in result.refusals] == [(5, "key")]


def test_workbook_is_known_by_its_content_not_its_name(workbook):
    assert opened(workbook(("List", [["A"], [1]]), name="list.csv")).columns("*") == ["A"]


def test_zip_that_is_no_workbook_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot be read as a workbook"):
        opened(packed(tmp_path / "x.xlsx", {"readme.txt": "hello"}))
    (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(Refused, match="cannot be read as a workbook"):
        opened(tmp_path / "cut.xlsx")


def test_zip_bomb_is_refused_by_its_ratio_and_by_its_size(tmp_path):
    bomb = packed(tmp_path / "x.xlsx", {"xl/worksheets/sheet1.xml": b"0" * 30_000_000})
    with pytest.raises(Refused, match="would unpack to more"):
        opened(bomb)
    with pytest.raises(Refused, match="would unpack to more"):
        opened(bomb, limits=Limits(zip_ratio=10**9, unpacked_bytes=20_000_000))


def test_too_many_packed_files_are_refused(tmp_path):
    many = packed(tmp_path / "x.xlsx", {f"f{n}": "" for n in range(30)})
    with pytest.raises(Refused, match="would unpack to more"):
        opened(many, limits=Limits(packed_files=20))


@pytest.mark.parametrize("last", ["XFD1048576", "A1048576", "ZZ1"])
def test_cell_at_the_end_of_the_sheet_is_refused_before_the_reader_fills_the_memory(
    tmp_path, workbook, last
):
    sheet = f'<worksheet><sheetData><row><c r="A1"/><c r="{last}"/></row></sheetData></worksheet>'
    bomb = packed(tmp_path / "far.xlsx", {"xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(Refused, match="would unpack to more"):
        opened(bomb, limits=Limits(workbook_cells=1_000_000, columns=500))


def test_billion_laughs_in_a_sheet_are_refused(tmp_path, workbook):
    good = workbook(("List", [["No", "Name"], [7, "Kraft"]]))
    lol = (
        '<!DOCTYPE lolz [<!ENTITY lol "lol">'
        + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(2, 10)).replace(
            "&lol1;", "&lol;"
        )
        + "]>"
    )
    with zipfile.ZipFile(good) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    sheet = entries["xl/worksheets/sheet1.xml"].decode()
    assert "Kraft" in sheet
    entries["xl/worksheets/sheet1.xml"] = (
        sheet.replace("<worksheet", f"{lol}<worksheet", 1).replace("Kraft", "&lol9;").encode()
    )
    bomb = packed(tmp_path / "laughs.xlsx", entries)
    with pytest.raises(Refused, match="cannot be read as a workbook"):
        opened(bomb)
