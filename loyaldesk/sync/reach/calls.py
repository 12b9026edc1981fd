"""How does a call of the engine become a request, and the hub's answer a reply?

Whatever goes wrong on the way is a reply as well: the engine sees one `Problem` and no exception.
A network that swallows large packets lets small ones pass, so after a time-out less is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec

from loyaldesk.protocol import messages, wire
from loyaldesk.protocol.messages import Problem
from loyaldesk.sync.engine.exchange import Answer
from loyaldesk.sync.reach.refusals import HubRefusal, problem_in, refusal_sentence
from loyaldesk.sync.reach.session import decoded
from loyaldesk.sync.reach.transport import HubRequest
from loyaldesk.sync.reach.trouble import Cause, Unreachable

if TYPE_CHECKING:
    from loyaldesk.protocol.messages import Call, Head, Reply
    from loyaldesk.sync.reach.session import Session
    from loyaldesk.sync.reach.transport import HubAnswer, HubTransport

__all__ = ["Caller", "Trouble"]

_REPLIES: dict[type, Any] = {
    messages.Push: messages.Pushed,
    messages.Pull: messages.Pulled,
    messages.KnownAsked: messages.Known,
    messages.Verify: messages.Verified,
}
# A request or a page below this size is not made smaller: something else is wrong.
SMALLEST_BYTES = 8_000
SMALLEST_ROWS = 50
OK = 200
SIGNED_OUT = 401


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the last call brought no reply: our sentence, and behind it what was said there."""

    err: str
    sentence: str
    detail: str = ""


class Caller:
    """Sends the calls of one desk; `trouble` is what stood in the way of the last one, if any."""

    def __init__(self, transport: HubTransport, session: Session) -> None:
        self._transport, self._session = transport, session
        self._share = 1.0
        self.trouble: Trouble | None = None

    def answer(self, call: Call) -> Answer:
        """Return the hub's answer, or a Problem that says why there is none."""
        self.trouble = None
        while True:
            try:
                return self._answered(call)
            except Unreachable as error:
                if error.cause is Cause.LATE and self._may_shrink(call):
                    self._share /= 4
                    if isinstance(call.body, messages.Pull):
                        continue
                    return Answer(Problem(err="too-large", sentence=error.sentence))
                return self._offline(error)
            except HubRefusal as refusal:
                has_left = refusal.problem.err != "signed-out"
                return Answer(self._refused(refusal.problem), has_left=has_left)

    def read(self, path: str, kind: type[Any], *, patience_s: float = 0.0) -> Any:
        """Return what a GET brings; raises Unreachable or HubRefusal.

        The hub may be silent for `patience_s` seconds longer than usual.
        """
        request = HubRequest("GET", path, headers=self._headers(None), patience_s=patience_s)
        return decoded(self._transport.ask(request), kind)

    def ask(self, request: HubRequest) -> HubAnswer:
        """Return the answer to any request, sent as the signed-in device; contents travel so."""
        headers = {**self._headers(None), **request.headers}
        return self._transport.ask(replace(request, headers=headers))

    def _answered(self, call: Call) -> Answer:
        answer = self._posted(call)
        if answer.status == SIGNED_OUT:
            # A token may have ended on the way; a new one tells whether we are signed out.
            self._session.forget_token()
            answer = self._posted(call)
        reply: Reply
        if answer.status == OK:
            reply = decoded(answer, _REPLIES[type(call.body)])
            self._share = min(1.0, self._share * 2)
        else:
            reply = self._refused(problem_in(answer))
        told = answer.headers
        return Answer(
            reply,
            told.get(wire.EPOCH_HEADER.lower(), ""),
            told.get(wire.NOW_HEADER.lower(), ""),
        )

    def _posted(self, call: Call) -> HubAnswer:
        body = msgspec.json.encode(self._shrunk(call.body))
        headers = {"Content-Type": "application/json", **self._headers(call.head)}
        return self._transport.ask(HubRequest("POST", call.path, body=body, headers=headers))

    def _shrunk(self, body: Any) -> Any:
        if self._share == 1.0 or not isinstance(body, messages.Pull):
            return body
        return messages.Pull(
            cur=body.cur,
            limit=max(SMALLEST_ROWS, int(body.limit * self._share)),
            max_bytes=max(SMALLEST_BYTES, int(body.max_bytes * self._share)),
        )

    def _may_shrink(self, call: Call) -> bool:
        body = call.body
        if isinstance(body, messages.Pull):
            return max(body.max_bytes, 1) * self._share > SMALLEST_BYTES
        return isinstance(body, messages.Push) and len(body.muts) > 1

    def _headers(self, head: Head | None) -> dict[str, str]:
        headers = {
            "Authorization": self._session.bearer(),
            wire.PROTOCOL_HEADER: str(wire.PROTOCOL),
        }
        if head is not None:
            headers[wire.CLIENT_HEADER] = head.client
            headers[wire.EPOCH_HEADER] = head.epoch
            headers[wire.SCHEMA_HEADER] = str(head.schema)
            headers[wire.NOW_HEADER] = head.now
        return headers

    def _offline(self, error: Unreachable) -> Answer:
        self.trouble = Trouble("offline", error.sentence, error.detail)
        return Answer(Problem(err="offline", sentence=error.sentence), has_left=error.has_left)

    def _refused(self, problem: Problem) -> Problem:
        self.trouble = Trouble(problem.err, refusal_sentence(problem), HubRefusal(problem).detail)
        return problem
