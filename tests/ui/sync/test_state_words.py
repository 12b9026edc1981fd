"""Is every state said in words, calmly, with what is safe and what to do?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from loyaldesk.sync.state import Phase, Progress
from loyaldesk.ui.screen_formats import ScreenFormats
from loyaldesk.ui.sync.state_words import ago, head_words, pill_words
from loyaldesk.ui.widgets.tokens import Tone
from tests.support.desks import NOW
from tests.ui.sync.conftest import IN_STEP

FORMATS = ScreenFormats("en-GB")
CONNECTED = [phase for phase in Phase if phase is not Phase.ALONE]


def head(**changes):
    return head_words(replace(IN_STEP, **changes), FORMATS, NOW)


def pill(**changes):
    return pill_words(replace(IN_STEP, **changes), FORMATS)


@pytest.mark.parametrize("phase", CONNECTED)
def test_every_phase_has_words_and_none_is_red(phase):
    words = head(phase=phase, problem="Something." if phase is Phase.TROUBLE else "")
    assert words.title
    assert words.icon
    assert "{" not in words.title + words.sentence
    assert words.tone is not Tone.BAD
    assert pill(phase=phase).title
    assert pill(phase=phase).tone is not Tone.BAD


def test_in_step_tells_the_hub_and_since_when():
    words = head()
    assert words.title == "In step with hub.example, 2 minutes ago"
    assert words.sentence == "Nothing waits."
    assert pill().title.startswith("Up to date · ")


def test_offline_tells_since_when_and_what_is_kept():
    last = NOW - timedelta(hours=1)
    words = head(phase=Phase.OFFLINE, waiting=3, last_success_at=last)
    assert words.title == f"Offline since {FORMATS.time(last)}"
    assert words.sentence == "3 changes are kept on this computer and go out by themselves."
    assert words.tone is Tone.SECONDARY
    said = f"Offline since {FORMATS.time(last)} – working from your copy"
    assert pill(phase=Phase.OFFLINE, last_success_at=last).title == said


def test_offline_from_the_first_day_on_needs_no_time():
    assert head(phase=Phase.OFFLINE, last_success_at=None).title == "Offline"


def test_offline_tells_why_and_when_it_is_tried_again():
    again = NOW + timedelta(minutes=4)
    words = head(phase=Phase.OFFLINE, waiting=1, problem="Nobody answers.", next_try_at=again)
    assert words.sentence == (
        "Nobody answers. 1 change is kept on this computer and goes out by itself."
        f" Tried again at {FORMATS.time(again)}."
    )


@pytest.mark.parametrize(
    ("waiting", "said"), [(0, "Nothing goes out"), (1, "1 change waits"), (3, "3 changes wait")]
)
def test_offline_by_choice_waits_for_the_switch(waiting, said):
    sentence = head(phase=Phase.BY_CHOICE, waiting=waiting).sentence
    assert sentence.startswith(said)
    assert sentence.endswith("until you untick “Work offline”.")


def test_one_change_is_said_as_one():
    assert head(phase=Phase.OFFLINE, waiting=1).sentence.startswith("1 change is kept")


def test_signing_in_again_tells_what_goes_out_then():
    words = head(phase=Phase.SIGNED_OUT, waiting=14)
    assert words.title == "Sign in to hub.example again"
    assert words.sentence == "Sign in to send 14 changes. Nothing is lost."


def test_a_conflict_comes_first_in_the_pill():
    words = pill(conflicts=1)
    assert words.title == "1 conflict"
    assert words.sentence.startswith("Up to date")
    assert pill(conflicts=2, attention=4).title == "2 conflicts"
    assert pill(attention=1).title == "1 change not taken"


def test_the_first_download_tells_how_far_it_is():
    progress = Progress(12_400, 20_000)
    assert pill(phase=Phase.FIRST, progress=progress).title == "Syncing 12,400 of 20,000"
    words = head(phase=Phase.FIRST, progress=progress)
    assert words.sentence == "Newest customers first: 12,400 of 20,000. You can work meanwhile."
    unknown = pill(phase=Phase.FIRST, progress=Progress(300, None))
    assert unknown.title == "Syncing, 300 so far"


def test_trouble_is_told_in_the_sentence_that_came_with_it():
    words = head(phase=Phase.TROUBLE, problem="The hub is full. Nothing is lost.")
    assert words.title.startswith("Stopped")
    assert words.sentence == "The hub is full. Nothing is lost."


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(5, "just now"), (70, "1 minute ago"), (130, "2 minutes ago"), (3_500, "58 minutes ago")],
)
def test_near_times_are_said_as_a_distance(seconds, said):
    assert ago(NOW - timedelta(seconds=seconds), NOW, FORMATS) == said


def test_far_times_are_said_as_time_and_day():
    assert ago(NOW - timedelta(hours=2), NOW, FORMATS).startswith("at ")
    assert ago(NOW - timedelta(days=2), NOW, FORMATS).startswith("on Wed\u00a018\u00a0Nov at ")
