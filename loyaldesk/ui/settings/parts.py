"""Which parts the settings have, and what makes the form of each."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from loyaldesk.ui.widgets.marked import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["PARTS", "Part", "make_form"]


@dataclass(frozen=True, slots=True)
class Part:
    """One entry at the left; its form is imported and made when it is first shown.

    A form is given the desk, and the profile's folder if it `needs_profile`; one that
    `fills_page` brings its own title and scrolling along.
    """

    key: str
    title: str
    icon: str
    form: str
    needs_profile: bool = False
    fills_page: bool = False


PARTS = (
    Part(
        "company",
        QT_TRANSLATE_NOOP("SettingsParts", "Company"),
        "building-2",
        "loyaldesk.ui.settings.company_part:CompanyPart",
        needs_profile=True,
        fills_page=True,
    ),
    Part(
        "letters",
        QT_TRANSLATE_NOOP("SettingsParts", "Letters"),
        "file-pen",
        "loyaldesk.ui.settings.letters_panel:LettersPanel",
    ),
    Part(
        "orders",
        QT_TRANSLATE_NOOP("SettingsParts", "Orders"),
        "clock",
        "loyaldesk.ui.settings.orders_form:OrdersForm",
    ),
    Part(
        "reminders",
        QT_TRANSLATE_NOOP("SettingsParts", "Reminders"),
        "message-circle-warning",
        "loyaldesk.ui.settings.reminders_form:RemindersForm",
    ),
    Part(
        "mail",
        QT_TRANSLATE_NOOP("SettingsParts", "E-mail"),
        "mail",
        "loyaldesk.ui.settings.mail_form:MailForm",
        needs_profile=True,
    ),
    Part(
        "printers",
        QT_TRANSLATE_NOOP("SettingsParts", "Printers"),
        "printer",
        "loyaldesk.ui.settings.printers_form:PrintersForm",
    ),
    Part(
        "appearance",
        QT_TRANSLATE_NOOP("SettingsParts", "Appearance"),
        "palette",
        "loyaldesk.ui.settings.appearance_form:AppearanceForm",
    ),
    Part(
        "data",
        QT_TRANSLATE_NOOP("SettingsParts", "Your data"),
        "database",
        "loyaldesk.ui.settings.data_panel:DataPanel",
        needs_profile=True,
    ),
)


def make_form(part: Part, desk: Desk, profile: Path) -> QWidget:
    """Return a new form of a part."""
    module, name = part.form.split(":")
    made: Any = getattr(import_module(module), name)
    form: QWidget = made(desk, profile) if part.needs_profile else made(desk)
    return form
