"""Where does an order stand on its way to being acknowledged, and what keeps it from going?"""

from __future__ import annotations

from enum import Enum

__all__ = ["QueueState", "Trouble", "letter_state"]


class QueueState(Enum):
    """What is to be done about an order's acknowledgement, or that nothing is."""

    READY = "ready"
    NEEDS_LOOK = "needs_look"
    CONFIRM = "confirm"
    WAITING = "waiting"
    FAILED = "failed"
    SENT = "sent"

    @property
    def can_go(self) -> bool:
        """Whether the letter may be printed or mailed as it stands, again if it failed."""
        return self in {QueueState.READY, QueueState.FAILED}

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do about it."""
        return self is not QueueState.SENT


class Trouble(Enum):
    """Why somebody has to look at an order before its letter goes."""

    ON_HOLD = "on_hold"
    CREDIT_HOLD = "credit_hold"
    NO_ADDRESS = "no_address"
    NO_EMAIL = "no_email"
    DIFFERENCES = "differences"
    VERIFICATION = "verification"


_OF_MAIL = {
    "queued": QueueState.WAITING,
    "sending": QueueState.WAITING,
    "accepted": QueueState.SENT,
    "failed": QueueState.FAILED,
    "withdrawn": QueueState.READY,
    "draft": QueueState.CONFIRM,
}


def letter_state(channel: str, state: str, mail_state: str | None) -> QueueState:
    """Return where a letter on record stands, from the last time it was handed over.

    A mail says itself how far it is; a draft in a mail program, as a paper in a printer, waits
    for somebody to say that it left. A mail taken back leaves a letter that is ready to go.
    """
    if state == "confirmed":
        return QueueState.SENT
    if channel == "email" and mail_state is not None:
        return _OF_MAIL[mail_state]
    return QueueState.FAILED if state == "failed" else QueueState.CONFIRM
