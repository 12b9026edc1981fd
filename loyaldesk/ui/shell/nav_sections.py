"""What does the navigation list, and how many things wait in each section?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from loyaldesk.ui.shell.sections import SECTIONS, Section, section_of
from loyaldesk.ui.widgets.nav_list import NavItem

if TYPE_CHECKING:
    from loyaldesk.store.changes import Changes
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.widgets.nav_list import NavList

__all__ = ["NavSections"]

# An import touches orders hundreds of times; the number may lag behind that little.
PAUSE_MS = 400


class NavSections(QObject):
    """Keeps the entries of the navigation with their counts, which are read behind the window."""

    def __init__(self, desk: Desk, nav: NavList) -> None:
        super().__init__(nav)
        self._desk, self._nav = desk, nav
        self._counts: dict[str, int] = {}
        self._chosen = "customers"
        self._stale: set[str] = set()
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._read_stale)

    def show(self) -> None:
        """Show the sections with the counts that are known."""
        items: list[NavItem] = []
        for section in SECTIONS:
            if section.below:
                continue
            items += [NavItem.break_line()] if section.opens_a_gap else []
            items.append(self._item(section))
        self._nav.show_items(items)
        self._nav.choose(self._chosen)

    def choose(self, key: str) -> None:
        """Show which section the person is in: its own entry, or that of the one it is below."""
        self._chosen = section_of(key).below or key
        self._nav.choose(self._chosen)

    def begin_counting(self) -> None:
        """Read the counts, now and whenever something in them changes."""
        self._stale = {section.key for section in SECTIONS if section.count}
        self._desk.news.changed.connect(self._hear)
        self._read_stale()

    def _item(self, section: Section) -> NavItem:
        title = QCoreApplication.translate("Sections", section.title)
        item = NavItem(section.key, title, section.icon)
        count = self._counts.get(section.key, 0)
        return replace(item, count=self._desk.formats.number(count)) if count else item

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        touched = {s.key for s in SECTIONS if s.counted and changes.touches(*s.counted)}
        if touched:
            self._stale |= touched
            self._pause.start()

    @Slot()
    def _read_stale(self) -> None:
        stale, self._stale = self._stale, set()
        for key in sorted(stale):
            self._desk.jobs.read(
                _count,
                owner=self,
                then=partial(self._take, key),
                replaces=key,
                dotted=section_of(key).count,
            )

    def _take(self, key: str, count: int) -> None:
        if self._counts.get(key, 0) != count:
            self._counts[key] = count
            self.show()


def _count(source: Source, *, dotted: str) -> int:
    # Imported on the read lane: the first rows do not wait for it.
    module, name = dotted.split(":")
    query: Any = getattr(import_module(module), name)
    return int(query(source))
