"""What does the hub's refusal mean for the person at the desk?

The hub names a reason in one word; the sentence is ours. What it says itself stands behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from loyaldesk.errors import Refused
from loyaldesk.protocol.messages import Problem
from loyaldesk.sync.reach.trouble import plain_words
from loyaldesk.sync.state import SHUT_OUT_WORDS

if TYPE_CHECKING:
    from loyaldesk.sync.reach.transport import HubAnswer

__all__ = ["HubRefusal", "problem_in", "refusal_sentence"]

_SAFE = "Your records and edits are safe on this computer."
_SENTENCES = {
    "signed-out": f"The hub wants you to sign in again. {_SAFE} Sign in to send what waits.",
    "revoked": SHUT_OUT_WORDS,
    "busy": f"The hub has too much to do just now. {_SAFE} It is asked again by itself.",
    "outdated": f"This LoyalDesk is too old for the hub. {_SAFE} Install the new version.",
    "wipe": "The company asks this computer to erase its copy of the records. That is done now; "
    "what was not sent is sealed for whoever runs the hub.",
    "forbidden": f"The hub does not let you do this. {_SAFE} Ask whoever runs the hub.",
    "refused": f"The hub did not accept this. {_SAFE} What it says stands behind this sentence.",
    "epoch": f"The hub was put back from a backup just now. {_SAFE} It is asked again by itself.",
    "disk-full": f"The disk is nearly full, so nothing more is received. {_SAFE} Free some space.",
    "clock": f"The clock of this computer is far off. {_SAFE} Set it right, then try again.",
    "too-large": f"The hub does not take so much at once. {_SAFE} Smaller parts are tried.",
    "unknown": f"The hub does not know what was asked for. {_SAFE} Ask whoever runs the hub.",
}
_OTHERWISE = f"The hub did not do what was asked. {_SAFE} Ask whoever runs the hub."
_BY_STATUS = {401: "signed-out", 404: "unknown", 413: "too-large", 426: "outdated", 429: "busy"}
SERVER_ERROR = 500


class HubRefusal(Refused):
    """The hub refused: `problem` is its reason, `detail` its own words, plain and clipped."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(refusal_sentence(problem))
        self.problem = problem
        self.detail = plain_words(problem.sentence)


def refusal_sentence(problem: Problem) -> str:
    """Return our sentence about a refusal."""
    return _SENTENCES.get(problem.err, _OTHERWISE)


def problem_in(answer: HubAnswer) -> Problem:
    """Return the hub's refusal; one that says nothing readable is known by its status."""
    try:
        found = msgspec.json.decode(answer.body, type=Problem)
    except msgspec.MsgspecError:
        found = Problem(err=_by_status(answer.status), sentence=answer.words)
    asked_s = _seconds(answer.headers.get("retry-after", ""))
    if asked_s > found.retry_after_s:
        found.retry_after_s = asked_s
    return found


def _by_status(status: int) -> str:
    return _BY_STATUS.get(status, "busy" if status >= SERVER_ERROR else "malformed")


def _seconds(word: str) -> float:
    return float(word) if word.isascii() and word.isdigit() and len(word) < 7 else 0.0
