"""Does the program start light, keep everything when it ends, and survive being killed?"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from time import monotonic

import pytest

from loyaldesk.queries.drafts import read_draft
from loyaldesk.settings import ProfileLock
from tests.support.factories import make_customer
from tests.support.stores import KEY, fresh_store, make_first_version
from tests.support.window_process import ROOT, facts_of, start


@pytest.fixture
def profile(tmp_path):
    """Return a profile with three customers, in good order."""
    folder = tmp_path / "profile"
    store = fresh_store(folder)
    for name in ("Müller & Söhne GmbH", "Harbour & Vine Ltd", "Blondel et Fils"):
        make_customer(store, name)
    store.close()
    return folder


@pytest.fixture
def running():
    """Return what starts a scenario; whatever still runs at the end is killed."""
    processes: list[subprocess.Popen[str]] = []

    def run(*arguments, **environ) -> subprocess.Popen[str]:
        processes.append(start(*arguments, **environ))
        return processes[-1]

    yield run
    for process in processes:
        process.kill()
        process.communicate()


def next_fact(process) -> dict:
    line = process.stdout.readline()
    assert line, process.stderr.read()
    return json.loads(line)


def test_the_window_is_painted_first_and_shows_rows_before_anything_heavy_is_imported(
    profile, running
):
    facts = facts_of(running("modules", profile))
    assert facts["at_first_frame"] is False
    assert facts["at_first_rows"] == []


def test_closing_keeps_every_write_and_ends_at_once(profile, running):
    began = monotonic()
    facts_of(running("close", profile))
    assert monotonic() - began < 30
    store = fresh_store(profile)
    with store.reader() as reader:
        kept = [read_draft(reader, key=f"note/{n}") for n in range(20)]
    store.close()
    assert kept == ['{"text": "Syrup"}'] * 20


def test_closing_while_the_store_still_opens_after_a_crash_ends_in_good_order(profile, running):
    (profile / "profile.lock").write_text("open 4711", encoding="utf-8")
    facts_of(running("close", profile))
    with ProfileLock(profile) as lock:
        assert not lock.was_unclean


def test_records_of_an_older_version_are_brought_up_to_date_before_they_are_read(
    tmp_path, monkeypatch, running
):
    make_first_version(tmp_path / "profile", monkeypatch)
    facts = facts_of(running("update", tmp_path / "profile"))
    assert facts["updating"] == "Bringing your records up to date; a copy is kept…"
    assert facts["rows"] == 1


@pytest.mark.skipif(sys.platform != "linux", reason="Other systems have settings for it")
@pytest.mark.parametrize(
    ("system", "locale"), [("en_US", "en-US"), ("de_AT", "de-AT"), ("C", "en-GB")]
)
def test_the_window_writes_as_the_country_of_the_system_does(system, locale, profile, running):
    assert facts_of(running("modules", profile, LC_ALL=f"{system}.UTF-8"))["locale"] == locale


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_note_survives_the_program_being_killed_while_it_is_typed(profile, running):
    first = running("type", profile)
    assert "at_first_rows" in next_fact(first)
    assert next_fact(first) == {"kept": "Syrup comes on Friday"}
    first.send_signal(signal.SIGKILL)
    first.wait()
    facts = facts_of(running("rescue", profile))
    assert facts["banner"].startswith("LoyalDesk closed unexpectedly.")
    assert "Müller & Söhne GmbH was kept" in facts["banner"]
    assert facts["note"] == "Syrup comes on Friday"
    assert facts["tabs"] == [1]


def test_a_second_start_brings_the_first_window_forward_and_ends(profile, running):
    first = running("forward", profile)
    while "ready" not in next_fact(first):
        continue
    second = subprocess.run(
        [sys.executable, "-m", "loyaldesk", "--profile", str(profile)],
        cwd=ROOT,
        env={**os.environ, "LOYALDESK_KEY": KEY.hex()},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == 1
    assert f"already open in another LoyalDesk (process {first.pid})" in second.stderr
    assert facts_of(first) == {"called": True}


def test_a_profile_that_another_program_holds_is_refused_with_a_sentence(profile):
    with ProfileLock(profile):
        refused = subprocess.run(
            [sys.executable, "-m", "loyaldesk", "--profile", str(profile)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert refused.returncode == 1
    assert "Nothing was changed. Close that one first" in refused.stderr


def test_a_fresh_profile_begins_with_the_doors(tmp_path, running):
    facts = facts_of(running("first-run", tmp_path / "fresh"))
    assert (facts["section"], facts["wished"]) == ("customers", [True])


def test_the_demo_company_fills_itself_and_leaves_nothing_behind(tmp_path, running):
    facts = facts_of(running("demo", tmp_path, TMPDIR=str(tmp_path)))
    assert facts["rows"] > 300
    assert list(tmp_path.iterdir()) == []
