"""How are edits written to a file that a person and a spreadsheet can read?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.tabular_export import csv_text
from loyaldesk.settings import disk_trouble, write_atomically
from loyaldesk.ui.sync.field_words import field_words, record_words
from loyaldesk.ui.sync.value_words import ValueWords

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loyaldesk.queries.sync_edits import RowEdit
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["edits_text", "write_edits"]

translate = QCoreApplication.translate


def edits_text(edits: Sequence[RowEdit], desk: Desk) -> str:
    """Return a table: customer, record, field, what it was, what was typed."""
    headings = ("Customer", "Record", "Field", "Was", "Typed")
    rows: list[Sequence[object]] = [[translate("Sync", heading) for heading in headings]]
    for edit in edits:
        say = ValueWords(desk.formats, edit.record, edit.names)
        customer, record = edit.record.customer_name, record_words(edit.record)
        rows += [
            (customer, record, field_words(each.field), say.say(each.field, each.old),
             say.say(each.field, each.new if each.inc is None else each.inc))
            for each in edit.fields
        ]  # fmt: skip
    return csv_text(rows)


def write_edits(_source: Source, *, path: Path, text: str) -> None:
    """Write the table, whole or not at all; the mark tells a spreadsheet that it is UTF-8."""
    with disk_trouble():
        write_atomically(path, text.encode("utf-8-sig"))
