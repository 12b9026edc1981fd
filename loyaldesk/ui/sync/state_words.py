"""How is it said, in a few words or a sentence, how it stands between this desk and its hub?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.sync.state import Phase
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.sync.state import SyncState
    from loyaldesk.ui.screen_formats import ScreenFormats

__all__ = ["HeadWords", "ago", "changes", "head_words", "hub_name", "pill_words"]

translate = QCoreApplication.translate
MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class HeadWords:
    """A title and a sentence, with icon and colour; offline is normal, so it is never red."""

    title: str
    sentence: str
    icon: str
    tone: Tone


# By phase; what is under way and what waits look alike, what needs somebody stands out.
_SIGNS = {
    Phase.ALONE: ("circle-check", Tone.OK),
    Phase.IN_STEP: ("circle-check", Tone.OK),
    Phase.OFFLINE: ("cloud-off", Tone.SECONDARY),
    Phase.BY_CHOICE: ("cloud-off", Tone.SECONDARY),
    Phase.SIGNED_OUT: ("key-round", Tone.WARN),
    Phase.REVOKED: ("lock", Tone.WARN),
    Phase.TROUBLE: ("triangle-alert", Tone.WARN),
    Phase.FIRST: ("cloud-download", Tone.INFO),
}
_MOVING = ("refresh-cw", Tone.INFO)


def pill_words(state: SyncState, formats: ScreenFormats) -> HeadWords:
    """Return the few words of the status bar; the sentence is what a screen reader adds."""
    icon, tone = _SIGNS.get(state.phase, _MOVING)
    words = _pill(state, formats)
    needs = _needs(state, formats)
    if needs and state.phase is Phase.IN_STEP:
        return HeadWords(needs, words, "git-compare", Tone.WARN)
    return HeadWords(words, needs, icon, tone)


def head_words(state: SyncState, formats: ScreenFormats, now: datetime) -> HeadWords:
    """Return the title and the sentence at the head of the page."""
    icon, tone = _SIGNS.get(state.phase, _MOVING)
    title, sentence = _head(state, formats, now)
    return HeadWords(title, sentence, icon, tone)


def changes(count: int, formats: ScreenFormats) -> str:
    """Return a number of changes with its noun."""
    if count == 1:
        return translate("Sync", "1 change")
    return translate("Sync", "{0} changes").format(formats.number(count))


def hub_name(state: SyncState) -> str:
    """Return the hub's address as people say it."""
    return state.hub.partition("://")[2] or state.hub or translate("Sync", "your hub")


def ago(at: datetime, now: datetime, formats: ScreenFormats) -> str:
    """Return how long ago an instant was: just now, 5 minutes ago, at 09:14, on a day at a time."""
    seconds = (now - at).total_seconds()
    if seconds < MINUTE:
        return translate("Sync", "just now")
    if seconds < 2 * MINUTE:
        return translate("Sync", "1 minute ago")
    if seconds < HOUR:
        minutes = formats.number(int(seconds // MINUTE))
        return translate("Sync", "{0} minutes ago").format(minutes)
    time = formats.time(at)
    if at.astimezone().date() == now.astimezone().date():
        return translate("Sync", "at {0}").format(time)
    return translate("Sync", "on {0} at {1}").format(formats.date_step(at.astimezone()), time)


def _since(state: SyncState, formats: ScreenFormats) -> str:
    return formats.time(state.last_success_at) if state.last_success_at else ""


def _pill(state: SyncState, formats: ScreenFormats) -> str:
    since, waiting = _since(state, formats), changes(state.waiting, formats)
    if state.phase is Phase.OFFLINE and since:
        return translate("Sync", "Offline since {0} – working from your copy").format(since)
    if state.phase in _DURING:
        return translate("Sync", _DURING[state.phase]).format(waiting)
    if state.phase in {Phase.FIRST, Phase.RECEIVING}:
        return _progress(state, formats)
    words = translate("Sync", "Up to date")
    return f"{words} · {since}" if since else words


_DURING = {
    Phase.ALONE: "On this computer",
    Phase.WAITING: "{0} waiting",
    Phase.SENDING: "Sending {0}",
    Phase.UPDATING: "Updating your copy",
    Phase.OFFLINE: "Offline – working from your copy",
    Phase.BY_CHOICE: "Working offline",
    Phase.SIGNED_OUT: "Sign in again",
    Phase.REVOKED: "Access ended",
    Phase.TROUBLE: "Sync problem",
}


def _progress(state: SyncState, formats: ScreenFormats) -> str:
    told = state.progress
    if told is None:
        return translate("Sync", "Syncing")
    done = formats.number(told.done)
    if told.total is None:
        return translate("Sync", "Syncing, {0} so far").format(done)
    return translate("Sync", "Syncing {0} of {1}").format(done, formats.number(told.total))


def _needs(state: SyncState, formats: ScreenFormats) -> str:
    """Return what somebody has to look at: conflicts first."""
    if state.conflicts == 1:
        return translate("Sync", "1 conflict")
    if state.conflicts:
        return translate("Sync", "{0} conflicts").format(formats.number(state.conflicts))
    if state.attention:
        return translate("Sync", "{0} not taken").format(changes(state.attention, formats))
    return ""


def _head(state: SyncState, formats: ScreenFormats, now: datetime) -> tuple[str, str]:
    hub, last = hub_name(state), state.last_success_at
    when = ago(last, now, formats) if last else ""
    titles = {
        Phase.IN_STEP: translate("Sync", "In step with {0}"),
        Phase.WAITING: translate("Sync", "Connected to {0}"),
        Phase.SENDING: translate("Sync", "Sending to {0}"),
        Phase.RECEIVING: translate("Sync", "Receiving from {0}"),
        Phase.FIRST: translate("Sync", "Filling your copy from {0}"),
        Phase.UPDATING: translate("Sync", "Putting in place what came from {0}"),
        Phase.BY_CHOICE: translate("Sync", "Working offline"),
        Phase.SIGNED_OUT: translate("Sync", "Sign in to {0} again"),
        Phase.REVOKED: translate("Sync", "{0} ended this computer’s access"),
        Phase.TROUBLE: translate("Sync", "Stopped: something is wrong with {0}"),
    }
    if state.phase is Phase.OFFLINE:
        since = _since(state, formats)
        offline = translate("Sync", "Offline since {0}") if since else translate("Sync", "Offline")
        return offline.format(since), _why_offline(state, formats)
    title = titles.get(state.phase, "").format(hub)
    if state.phase is Phase.IN_STEP and when:
        title = translate("Sync", "{0}, {1}").format(title, when)
    return title, _below(state, formats)


def _below(state: SyncState, formats: ScreenFormats) -> str:
    """Return what is safe and what to do, for the phases that are more than a moment."""
    waiting = changes(state.waiting, formats)
    if state.phase is Phase.SIGNED_OUT:
        if not state.waiting:
            return translate("Sync", "Your records are here; changes of others wait at the hub.")
        return translate("Sync", "Sign in to send {0}. Nothing is lost.").format(waiting)
    if state.phase in {Phase.REVOKED, Phase.TROUBLE}:
        return state.problem
    if state.phase is Phase.FIRST:
        return _first(state, formats)
    if state.phase is Phase.BY_CHOICE or state.waiting:
        return _kept(state, formats)
    return state.problem or _needs(state, formats) or translate("Sync", "Nothing waits.")


def _first(state: SyncState, formats: ScreenFormats) -> str:
    if state.progress is None or state.progress.total is None:
        return translate("Sync", "Newest customers first; you can work meanwhile.")
    done, total = map(formats.number, (state.progress.done, state.progress.total))
    words = translate("Sync", "Newest customers first: {0} of {1}. You can work meanwhile.")
    return words.format(done, total)


def _why_offline(state: SyncState, formats: ScreenFormats) -> str:
    """Return why the hub is not reached, what is kept, and when it is tried again."""
    again = ""
    if state.next_try_at is not None:
        again = translate("Sync", "Tried again at {0}.").format(formats.time(state.next_try_at))
    return " ".join(filter(None, (state.problem, _kept(state, formats), again)))


def _kept_by_choice(state: SyncState, formats: ScreenFormats) -> str:
    if not state.waiting:
        return translate("Sync", "Nothing goes out or comes in until you untick “Work offline”.")
    if state.waiting == 1:
        return translate("Sync", "1 change waits here until you untick “Work offline”.")
    words = translate("Sync", "{0} wait here until you untick “Work offline”.")
    return words.format(changes(state.waiting, formats))


def _kept(state: SyncState, formats: ScreenFormats) -> str:
    if state.phase is Phase.BY_CHOICE:
        return _kept_by_choice(state, formats)
    if not state.waiting:
        return translate("Sync", "You are working from your copy; nothing waits.")
    if state.waiting == 1:
        return translate("Sync", "1 change is kept on this computer and goes out by itself.")
    words = translate("Sync", "{0} are kept on this computer and go out by themselves.")
    return words.format(changes(state.waiting, formats))
