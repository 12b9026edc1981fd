"""How are the ways called in which a statement run ends for a customer?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.domain.money import Money
    from loyaldesk.ui.screen_formats import ScreenFormats

__all__ = [
    "RUN_FILTERS",
    "balance_words",
    "filter_title",
    "outcome_chip",
    "state_words",
    "way_words",
]

translate = QCoreApplication.translate

# What the chips above the list let through, by the outcomes of the items.
RUN_FILTERS: dict[str, tuple[str, ...]] = {
    "all": (),
    "waiting": ("waiting",),
    "ready": ("issued",),
    "out": ("sent", "printed", "saved"),
    "skipped": ("nothing_due", "not_wanted", "with_parent", "has_one"),
    "failed": ("failed", "no_address"),
}


def filter_title(key: str) -> str:
    """Return what a filter of the list is called."""
    titles = {
        "all": translate("StatementRun", "All"),
        "waiting": translate("StatementRun", "Waiting"),
        "ready": translate("StatementRun", "Made"),
        "out": translate("StatementRun", "Out"),
        "skipped": translate("StatementRun", "Skipped"),
        "failed": translate("StatementRun", "Failed"),
    }
    return titles[key]


def outcome_chip(outcome: str) -> Chip:
    """Return how the run ended for a customer, as icon and word."""
    chips = {
        "waiting": Chip(translate("StatementRun", "Waiting"), Tone.NEUTRAL, "clock"),
        "issued": Chip(translate("StatementRun", "Made"), Tone.INFO, "file-check"),
        "sent": Chip(translate("StatementRun", "To the outbox"), Tone.OK, "mail-check"),
        "printed": Chip(translate("StatementRun", "Printed"), Tone.OK, "printer"),
        "saved": Chip(translate("StatementRun", "Saved"), Tone.OK, "download"),
        "nothing_due": Chip(translate("StatementRun", "Nothing due"), Tone.NEUTRAL, "minus"),
        "not_wanted": Chip(translate("StatementRun", "Wants none"), Tone.NEUTRAL, "minus"),
        "with_parent": Chip(translate("StatementRun", "With parent"), Tone.NEUTRAL, "building-2"),
        "has_one": Chip(translate("StatementRun", "Has one"), Tone.NEUTRAL, "check"),
        "no_address": Chip(translate("StatementRun", "No address"), Tone.WARN, "map-pin"),
        "failed": Chip(translate("StatementRun", "Failed"), Tone.BAD, "circle-x"),
    }
    return chips.get(outcome, Chip(outcome))


def state_words(state: str) -> str:
    """Return where a run stands."""
    words = {
        "ready": translate("StatementRun", "checked, not started"),
        "running": translate("StatementRun", "not finished"),
        "stopped": translate("StatementRun", "stopped"),
        "finished": translate("StatementRun", "finished"),
    }
    return words[state]


def way_words(letters_by: str) -> str:
    """Return by which way a customer gets letters."""
    is_mail = letters_by == "email"
    return translate("StatementRun", "e-mail") if is_mail else translate("StatementRun", "paper")


def balance_words(balances: tuple[Money, ...], formats: ScreenFormats) -> str:
    """Return balances side by side, never added up; no balance is nothing."""
    return " · ".join(formats.money(balance) for balance in balances)
