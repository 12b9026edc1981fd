"""Does an export write what the list shows, stop when it is told to, and leave no half file?"""

import csv
from array import array

import pytest

from loyaldesk.ui.lists import export as export_module
from loyaldesk.ui.lists.export import Export
from tests.support.factories import make_customer


def lines_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_list_is_written_as_it_is_filtered_and_sorted(page, tmp_path, heard):
    page.list.view.sort_wanted.emit("number", True)
    page.export_to(tmp_path / "customers.csv")
    head, *rows = lines_of(tmp_path / "customers.csv")
    assert head[:2] == ["Number", "Name"]
    assert [row[0] for row in rows] == ["10003", "10002", "10001"]
    assert dict(zip(head, rows[2], strict=True))["Overdue"] == "100.00"
    assert dict(zip(head, rows[2], strict=True))["Currency"] == "EUR"
    assert heard.said[-1] == ("3 customers written to customers.csv", False)


def test_long_lists_are_written_by_the_slice(page, tmp_path, desk, monkeypatch):
    monkeypatch.setattr(export_module, "ROWS_A_SLICE", 1)
    went = []
    desk.news.work_went.connect(lambda done, total: went.append((done, total)))
    page.export_to(tmp_path / "customers.csv")
    assert went == [(1, 3), (2, 3), (3, 3)]
    assert len(lines_of(tmp_path / "customers.csv")) == 4


def test_a_cancelled_export_leaves_nothing(page, tmp_path, desk, heard, monkeypatch):
    monkeypatch.setattr(export_module, "ROWS_A_SLICE", 1)
    stops = []
    desk.news.work_began.connect(lambda _, stop: stops.append(stop))
    desk.news.work_went.connect(lambda *_: stops[0]())
    page.export_to(tmp_path / "customers.csv")
    assert [path.name for path in tmp_path.glob("customers.csv*")] == []
    assert heard.said[-1] == ("Export cancelled; no file was written", False)


def test_a_cancelled_export_keeps_the_file_that_was_there(page, tmp_path, desk):
    target = tmp_path / "customers.csv"
    target.write_text("mine")
    desk.news.work_began.connect(lambda _, stop: stop())
    page.export_to(target)
    assert target.read_text() == "mine"


def test_a_folder_that_cannot_be_written_to_is_explained(page, tmp_path, heard, desk):
    ended = []
    desk.news.work_ended.connect(lambda: ended.append(True))
    page.export_to(tmp_path / "missing" / "customers.csv")
    assert "disk" in heard.said[-1][0]
    assert ended == [True]


def test_a_name_that_looks_like_a_formula_is_exported_as_text(page, store, tmp_path, qtbot):
    make_customer(store, '=HYPERLINK("http://evil")', number="10004")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 4)
    page.export_to(tmp_path / "customers.csv")
    names = [row[1] for row in lines_of(tmp_path / "customers.csv")]
    assert '\'=HYPERLINK("http://evil")' in names


@pytest.mark.parametrize("ids", [[], [999]])
def test_rows_that_are_gone_meanwhile_are_left_out(page, desk, tmp_path, ids):
    Export(desk, page.plan, array("q", ids), tmp_path / "none.csv").start()
    assert len(lines_of(tmp_path / "none.csv")) == 1
