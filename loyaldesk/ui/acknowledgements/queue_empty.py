"""Why does the queue list nothing?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState

__all__ = ["explain_empty"]

translate = QCoreApplication.translate


def explain_empty(empty: EmptyState, *, is_narrowed: bool, trouble: str = "") -> None:
    """Say that all is done, that a filter leaves nothing, or why the queue could not be read."""
    if trouble:
        title = translate("Queue", "The queue could not be read")
        empty.explain(EmptyReason.NOT_SYNCED, title, trouble, icon="circle-alert")
    elif is_narrowed:
        empty.explain(
            EmptyReason.FILTERED,
            translate("Queue", "Nothing of this sort"),
            translate("Queue", "No order fits what is chosen above."),
            action=translate("Queue", "Show all that is open"),
        )
    else:
        empty.explain(
            EmptyReason.NOTHING_YET,
            translate("Queue", "Every order is acknowledged"),
            translate("Queue", "New orders come up here by themselves."),
            icon="circle-check",
        )
