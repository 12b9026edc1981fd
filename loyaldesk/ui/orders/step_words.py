"""How do the seven steps of an order read, and what does each open?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.order_steps import OrderStep, StepName, order_steps
from loyaldesk.domain.order_steps import StepState as DomainState
from loyaldesk.ui.orders.order_words import days, short_day
from loyaldesk.ui.widgets.step_bar import Step, StepState

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.formats import Formats
    from loyaldesk.queries.order_page import OrderPage
    from loyaldesk.queries.order_view import OrderView

__all__ = ["StepWay", "steps_of", "way_of"]

translate = QCoreApplication.translate
_STATES = {
    DomainState.DONE: StepState.DONE,
    DomainState.LATE: StepState.LATE,
    DomainState.TO_COME: StepState.TO_COME,
}
# What is to be done next (a command), or the kind of record to look at and its id.
StepWay = tuple[str, int]


def steps_of(view: OrderView, formats: Formats, today: date) -> list[Step]:
    """Return the steps for the step bar, with their dates in words."""
    return [
        Step(
            _name(step.name),
            _when(step, view.page, formats, today),
            StepState.TO_CHECK if (check := _to_check(step, view, today)) else _STATES[step.state],
            check or _note(step, formats),
        )
        for step in order_steps(view.page.step_facts(today))
    ]


def way_of(number: int, page: OrderPage) -> StepWay:
    """Return what a step leads to: its paper if there is one, or else what makes it."""
    step = list(StepName)[number]
    papers = {document.kind: document.id for document in reversed(page.documents)}
    letters = page.acknowledgements
    ways: dict[StepName, StepWay | None] = {
        StepName.RECEIVED: _paper(papers.get("purchase_order")),
        StepName.ACKNOWLEDGED: ("document", letters[-1].document_id) if letters else None,
        StepName.SHIPPED: _paper(papers.get("delivery_note")),
        StepName.INVOICED: ("invoice", page.invoices[-1].id) if page.invoices else None,
        StepName.PAID: ("payment", page.payments[-1].id) if page.payments else None,
    }
    return ways.get(step) or (step.value, 0)


def _to_check(step: OrderStep, view: OrderView, today: date) -> str:
    """Return what is amiss with a step that is not late by its own day, or nothing."""
    if step.name is StepName.ACKNOWLEDGED and view.has_changed:
        return translate("Steps", "changed since")
    if step.name is StepName.SHIPPED and step.day is None and view.page.unmet_wishes(today):
        return translate("Steps", "wish passed")
    return ""


def _paper(document_id: int | None) -> StepWay | None:
    return None if document_id is None else ("document", document_id)


def _name(step: StepName) -> str:
    names = {
        StepName.RECEIVED: translate("Steps", "Received"),
        StepName.ACKNOWLEDGED: translate("Steps", "Acknowledged"),
        StepName.RELEASED: translate("Steps", "Released"),
        StepName.SHIPPED: translate("Steps", "Shipped"),
        StepName.INVOICED: translate("Steps", "Invoiced"),
        StepName.PAID: translate("Steps", "Paid"),
        StepName.FOLLOWED_UP: translate("Steps", "Followed up"),
    }
    return names[step]


def _when(step: OrderStep, page: OrderPage, formats: Formats, today: date) -> str:
    day = short_day(formats, step.day, today) if step.day else ""
    if step.name is StepName.ACKNOWLEDGED and page.acknowledgements:
        revision = translate("Steps", "rev {0}").format(page.acknowledgements[-1].revision)
        return f"{revision} · {day}" if day else revision
    if step.name is StepName.SHIPPED and step.state is not DomainState.DONE:
        return _shipping(page, day) if day else _wished(page, formats, today)
    if step.state is DomainState.TO_COME:
        return translate("Steps", "due {0}").format(day) if day else translate("Steps", "to come")
    if step.state is DomainState.LATE:
        return translate("Steps", "due {0}").format(day)
    return day or translate("Steps", "done")


def _shipping(page: OrderPage, day: str) -> str:
    due = translate("Steps", "due {0}").format(day)
    return (
        translate("Steps", "{0} · rest {1}").format(_shipped(page), day) if _shipped(page) else due
    )


def _wished(page: OrderPage, formats: Formats, today: date) -> str:
    """Return the customer's wish where no day is promised."""
    wish = translate("Steps", "no date yet")
    if page.wanted_on is not None:
        day = short_day(formats, page.wanted_on, today)
        wish = translate("Steps", "wanted {0}").format(day)
    shipped = _shipped(page)
    return f"{shipped} · {wish}" if shipped and page.wanted_on else shipped or wish


def _shipped(page: OrderPage) -> str:
    shipped = sum(1 for line in page.lines if not line.balance_milli)
    return translate("Steps", "{0} of {1}").format(shipped, len(page.lines)) if shipped else ""


def _note(step: OrderStep, formats: Formats) -> str:
    if step.state is not DomainState.LATE:
        return ""
    return translate("Steps", "{0} late").format(days(formats, step.days_late))
