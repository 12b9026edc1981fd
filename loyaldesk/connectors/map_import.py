"""In which order the sections of a map are read, and who brings in what they hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyaldesk.connectors.document_reader import DocumentReader
from loyaldesk.connectors.invoices import InvoiceWriter
from loyaldesk.connectors.orders import OrderWriter
from loyaldesk.connectors.reading import SectionReader
from loyaldesk.connectors.records import RecordImport
from loyaldesk.connectors.targets import LINES_OF
from loyaldesk.connectors.values import NumberStyle

if TYPE_CHECKING:
    from loyaldesk.connectors.desk import Desk
    from loyaldesk.connectors.import_map import ImportMap, Section
    from loyaldesk.connectors.tables import Tables
    from loyaldesk.connectors.tally import Tally

__all__ = ["MapImport"]


class MapImport:
    """One map laid over one source; everything the map names is checked when this is made."""

    def __init__(self, tables: Tables, import_map: ImportMap, *, desk: Desk, tally: Tally) -> None:
        self._desk = desk
        self._tally = tally
        self._style = NumberStyle(import_map.decimal or tables.decimal)
        self._tables = tables
        sections = [replace(each, table=tables.name(each.table)) for each in import_map.sections]
        self._readers = [(each, self._reader(each)) for each in sections]

    def run(self, recorded_at: str) -> None:
        """Bring in every section; `recorded_at` is the instant money is recorded with."""
        self._tally.total = sum(reader.count() for _, reader in self._readers)
        self._tally.advance(0)
        for section, reader in self._readers:
            if section.target_name in LINES_OF:
                self._run_documents(section, reader, recorded_at)
            elif section.target_name not in LINES_OF.values():
                RecordImport(
                    section, reader, desk=self._desk, tally=self._tally, recorded_at=recorded_at
                ).run()

    def _reader(self, section: Section) -> SectionReader:
        owners = {lines: header for header, lines in LINES_OF.items()}
        key_field = owners.get(section.target_name, "")
        return SectionReader(self._tables, section, style=self._style, key_field=key_field)

    def _run_documents(self, section: Section, heads: SectionReader, recorded_at: str) -> None:
        found = [
            (each, reader)
            for each, reader in self._readers
            if each.target_name == LINES_OF[section.target_name]
        ]
        line_section, lines = found[0] if found else (None, None)
        reader = DocumentReader(
            section, heads, lines, line_section=line_section, desk=self._desk, tally=self._tally
        )
        writer: OrderWriter | InvoiceWriter
        if section.target_name == "order":
            writer = OrderWriter(
                section, reader.line_columns, desk=self._desk, tally=self._tally,
                recorded_at=recorded_at,
            )  # fmt: skip
        else:
            writer = InvoiceWriter(
                section, reader.line_columns.names, desk=self._desk, tally=self._tally,
                recorded_at=recorded_at,
            )  # fmt: skip
        for documents in reader.batches():
            writer.take(documents)
