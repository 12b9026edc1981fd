"""How does the hub say no? One exception with the status and the problem that the desk is told."""

from __future__ import annotations

from loyaldesk.protocol.messages import Problem

__all__ = ["STATUS", "Refusal", "busy", "malformed", "unknown"]

# What each `err` of a problem is as a status of HTTP.
STATUS = {
    "epoch": 409,
    "forked": 409,
    "gap": 409,
    "ahead": 409,
    "busy": 503,
    "too-large": 413,
    "outdated": 426,
    "malformed": 422,
    "encoding": 415,
    "signed-out": 401,
    "clock": 401,
    "revoked": 403,
    "wipe": 403,
    "forbidden": 403,
    "refused": 422,
    "unknown": 404,
    "method": 405,
    "internal": 500,
}


class Refusal(Exception):  # noqa: N818 - it is the answer, not an error of the hub
    """A request that is not served; nothing of it was done."""

    def __init__(self, err: str, sentence: str, *, status: int = 0, retry_after_s: float = 0):
        super().__init__(err)
        self.status = status or STATUS[err]
        self.problem = Problem(err=err, sentence=sentence, retry_after_s=retry_after_s)


def unknown() -> Refusal:
    """Return the answer for what is not there and for what the asker may not know of alike."""
    return Refusal("unknown", "There is nothing here that you may see. Nothing was changed.")


def malformed(why: str) -> Refusal:
    """Return the answer for a request that says no known thing; `why` completes the sentence."""
    return Refusal("malformed", f"The request cannot be read: {why}. Nothing was changed.")


def busy(retry_after_s: float) -> Refusal:
    """Return the answer of a hub that has too much to do at the moment."""
    return Refusal(
        "busy",
        "The hub has much to do. Nothing was changed. Try again in a moment.",
        retry_after_s=retry_after_s,
    )
