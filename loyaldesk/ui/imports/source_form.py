"""From where is imported, through which map, and what is forced instead of detected?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.fields import ComboBox, LabelledField, LineEdit
from loyaldesk.ui.widgets.section_head import SectionHead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.desk import Desk

__all__ = ["ImportWish", "SourceForm"]

ENCODINGS = ("utf-8", "utf-16", "cp1252", "iso-8859-15", "cp1250", "shift-jis")
DELIMITERS = {",": ",", ";": ";", "|": "|", "tab": "\t"}
OWN_MAP = "\0own"


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What is to be imported and how; an empty text is detected, an empty map is guessed."""

    location: str
    map_name: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


class SourceForm(QWidget):
    """Tells each time when what stands in it is something else; asks for files itself."""

    source_changed = Signal()
    wish_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self.location = LineEdit(
            theme, placeholder=self.tr("a file, or an address such as postgresql://user@host/name")
        )
        self.map = ComboBox(theme)
        self.encoding = self._choice([("", self.tr("Detect")), *((e, e) for e in ENCODINGS)])
        delimiters = [(sign, name) for name, sign in DELIMITERS.items()]
        self.delimiter = self._choice([("", self.tr("Detect")), *delimiters])
        self.sheet = LineEdit(theme, placeholder=self.tr("the first"))
        self.location_field = LabelledField(
            theme, self.tr("CSV, Excel or SQLite file, or the address of a database"), self.location
        )
        self.map_field = LabelledField(theme, self.tr("Map: which column is what"), self.map)
        self.choose = Button(theme, self.tr("Choose a file…"), icon="folder-open")
        self._known, self._is_chosen_by_hand = "", False
        self._lay_out()
        self.offer_maps([])
        self._connect()

    def wish(self) -> ImportWish:
        """Return what stands in the form."""
        return ImportWish(
            location=self.location.text().strip(),
            map_name=self.map.currentData() or "",
            encoding=self.encoding.currentData(),
            delimiter=self.delimiter.currentData(),
            sheet=self.sheet.text().strip(),
        )

    def take_file(self, path: Path) -> None:
        """Import from this file."""
        self.location.setText(str(path))
        self._look_at_location()

    def offer_maps(self, maps: Sequence[tuple[str, str]]) -> None:
        """Offer the shipped maps, each as (name, title), and a file of one's own."""
        self.map.clear()
        self.map.addItem(self.tr("Choose a map"), "")
        for name, title in maps:
            self.map.addItem(title, name)
        self.map.addItem(self.tr("A map of my own (TOML file)…"), OWN_MAP)

    def choose_map(self, name: str) -> None:
        """Choose a shipped map by its name, or show that none is chosen with ""."""
        self._is_chosen_by_hand = False
        self.map.setCurrentIndex(max(self.map.findData(name), 0))

    def forget_guess(self) -> None:
        """Let go of a map that was guessed for another source; what was chosen by hand stays."""
        if not self._is_chosen_by_hand:
            self.choose_map("")

    def take_map(self, path: Path) -> None:
        """Import through the map in this file."""
        at = self.map.findData(OWN_MAP)
        self.map.insertItem(at, path.name, str(path))
        self.map.setCurrentIndex(at)
        self._is_chosen_by_hand = True
        self.wish_changed.emit()

    def _choice(self, choices: Sequence[tuple[str, str]]) -> ComboBox:
        box = ComboBox(self._desk.theme)
        for key, words in choices:
            box.addItem(words, key)
        return box

    def _lay_out(self) -> None:
        theme = self._desk.theme
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.location_field, 1)
        button = QVBoxLayout()
        button.addSpacing(theme.px(20))
        button.addWidget(self.choose)
        button.addStretch(1)
        first.addLayout(button)
        forced = QWidget()
        row = QHBoxLayout(forced)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for label, editor in (
            (self.tr("Encoding"), self.encoding),
            (self.tr("Delimiter"), self.delimiter),
            (self.tr("Sheet"), self.sheet),
        ):
            row.addWidget(LabelledField(theme, label, editor), 1)
        head = SectionHead(theme, self.tr("How the file is read"))
        head.set_answer(self.tr("detected"))
        head.add_body(forced)
        head.fold(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(first)
        column.addWidget(self.map_field)
        column.addWidget(head)
        column.addWidget(forced)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._ask_file)
        self.location.returnPressed.connect(self._forget_location)
        self.location.editingFinished.connect(self._look_at_location)
        self.map.activated.connect(self._take_choice)
        for box in (self.encoding, self.delimiter):
            box.activated.connect(self.wish_changed)
        self.sheet.editingFinished.connect(self.wish_changed)

    @Slot()
    def _ask_file(self) -> None:
        folder = self._desk.state.get("import_folder", str(Path.home()))
        kinds = self.tr("Tables (*.csv *.tsv *.txt *.xlsx *.db *.sqlite *.sqlite3);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import from"), folder, kinds)
        if name:
            self._desk.state.put("import_folder", str(Path(name).parent))
            self.take_file(Path(name))

    @Slot()
    def _forget_location(self) -> None:
        # Enter looks again, also where the same address did not answer before.
        self._known = ""

    @Slot()
    def _look_at_location(self) -> None:
        location = self.location.text().strip()
        if location != self._known:
            self._known = location
            self.location_field.set_error("")
            self.source_changed.emit()

    @Slot()
    def _take_choice(self) -> None:
        if self.map.currentData() != OWN_MAP:
            self._is_chosen_by_hand = bool(self.map.currentData())
            self.wish_changed.emit()
            return
        self.choose_map("")
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("A map of my own"), "", self.tr("Maps (*.toml)")
        )
        if name:
            self.take_map(Path(name))
