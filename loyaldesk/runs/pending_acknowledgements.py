"""Which orders may be acknowledged as they are, and how are all of them handed over?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.domain.verification import Check
from loyaldesk.errors import Refused
from loyaldesk.models import DispatchChannel, LetterWay
from loyaldesk.pdf.issuing import DrawnPages, draw_pages, drawn_letter, refuse_unready
from loyaldesk.queries.book import json_ids, rows
from loyaldesk.queries.mail import read_mailed_customer
from loyaldesk.queries.verification import verification_states
from loyaldesk.runs.acknowledgement_run import HandingWay, hand_over, prepare_order
from loyaldesk.settings import disk_trouble, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.domain.verification import Verification
    from loyaldesk.runs.acknowledgement_run import PreparedOrder
    from loyaldesk.store.reader import Source
    from loyaldesk.store.store import Store

__all__ = ["PendingOrder", "PendingRun", "read_pending"]

_PENDING = (
    "SELECT o.id, o.number, o.customer_id, c.name, c.letters_by FROM sales_order o"
    " JOIN customer c ON c.id = o.customer_id WHERE o.status = 'submitted'"
    " ORDER BY o.ordered_on, o.id"
)


@dataclass(frozen=True, slots=True)
class PendingOrder:
    """An order that nobody acknowledged yet, and how it went: issued, or left with the reason.

    While it is only chosen it has neither a letter nor, if it is ready, a reason.
    """

    order_id: int
    order: str
    customer_id: int
    customer: str
    letters_by: str
    reason: str = ""
    letter: str = ""
    file: str = ""
    mailed_to: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether its letter may go."""
        return not self.reason


def read_pending(source: Source, *, today: date) -> list[PendingOrder]:
    """Return every order that waits, the oldest first, with the reason why it cannot go yet."""
    found = source.rows(_PENDING)
    states = verification_states(source, order_ids=[row[0] for row in found], today=today)
    differing = _differing(source, states)
    return [
        PendingOrder(
            key,
            number,
            customer_id,
            name,
            way,
            reason=_reason(states[key]) or differing.get(key, ""),
        )
        for key, number, customer_id, name, way in found
    ]


class PendingRun:
    """Issues one order after the other; each is on record as soon as it has left.

    `folder` takes the letters as files, `mails` puts those of customers who get theirs by e-mail
    into the outbox; without a folder the others are left.
    """

    def __init__(
        self,
        store: Store,
        files: FileStore,
        *,
        now: datetime,
        folder: Path | None,
        mails: bool,
    ) -> None:
        self._store, self._files = store, files
        self._now, self._folder, self._mails = now, folder, mails

    def run(self, pending: list[PendingOrder]) -> Iterator[PendingOrder]:
        """Yield each order as it ended; those that are not ready stay as they are."""
        for order in pending:
            yield self._issue(order) if order.is_ready else order

    def _issue(self, order: PendingOrder) -> PendingOrder:
        try:
            with self._store.reader() as reader:
                prepared = prepare_order(reader, order_id=order.order_id, now=self._now)
                address = self._mail_address(reader, order)
            if address:
                return self._mail(order, prepared, address)
            return self._write(order, prepared)
        except Refused as refused:
            return replace(order, reason=refused.message)

    def _mail_address(self, source: Source, order: PendingOrder) -> str:
        if not self._mails or order.letters_by != LetterWay.EMAIL:
            return ""
        return read_mailed_customer(source, customer_id=order.customer_id).recipient

    def _mail(self, order: PendingOrder, prepared: PreparedOrder, address: str) -> PendingOrder:
        pages = draw_pages(composed=prepared.composed)
        self._hand_over(prepared, pages, HandingWay(DispatchChannel.EMAIL, undo_seconds=0))
        return replace(order, letter=prepared.composed.letter.frame.number, mailed_to=address)

    def _write(self, order: PendingOrder, prepared: PreparedOrder) -> PendingOrder:
        if self._folder is None:
            return replace(order, reason="The customer gets letters on paper. Add --out DIR.")
        pages = draw_pages(composed=prepared.composed)
        drawn = drawn_letter(prepared.composed, pages)
        refuse_unready(self._store, prepared.composed)
        path = self._folder / drawn.file_name
        # The file first: a letter is on record only when somebody has it in hand.
        with disk_trouble():
            write_atomically(path, pages.pdf)
        self._hand_over(prepared, pages, HandingWay(DispatchChannel.FILE, recipient=path.name))
        return replace(order, letter=drawn.number, file=str(path))

    def _hand_over(self, prepared: PreparedOrder, pages: DrawnPages, way: HandingWay) -> None:
        hand_over(self._store, files=lambda: self._files, prepared=prepared, pages=pages, way=way)


def _differing(source: Source, states: dict[int, Verification]) -> dict[int, str]:
    """Return, for orders nobody looked at, in which lines we would confirm other than asked."""
    unseen = [
        order_id
        for order_id, found in states.items()
        if found.stance is Stance.ACCEPTANCE and found.verified_on is None
    ]
    positions: defaultdict[int, list[str]] = defaultdict(list)
    for order_id, position, *_ in rows(source, "queue.differences", ids=json_ids(unseen)):
        positions[order_id].append(str(position))
    words = "It differs from what was asked for in line {0}. Look at it first."
    return {key: words.format(", ".join(found)) for key, found in positions.items()}


def _reason(found: Verification) -> str:
    """Return why an order waits for a person: a held one does so whatever its letter says."""
    stops = " ".join(finding.words for finding in found.stops if finding.check is Check.HOLD)
    return stops or ("" if found.is_ready else found.words)
