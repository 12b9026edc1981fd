"""Does the real program work on a real X server, with a keyboard that is not ours?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from time import monotonic

import pytest
from PySide6.QtGui import QImage

from tests.support.factories import make_contact, make_customer
from tests.support.qt import colours_in
from tests.support.stores import KEY, fresh_store
from tests.support.window_process import ROOT

TOOLS = ("Xvfb", "xdotool")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
PATIENCE_S = 40
# It takes less than one; a busy machine is given five times that.
LONGEST_QUIT_S = 5
GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""

pytestmark = [
    pytest.mark.platform_x11,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {', '.join(MISSING)}"),
    pytest.mark.skipif(sys.platform != "linux", reason="X servers are for Linux"),
]


@pytest.fixture
def display():
    """Start an X server of our own on a free display, with a bounded life."""
    reading, writing = os.pipe()
    command = ["timeout", "120", "Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as numbers:
        number = numbers.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def profile(tmp_path):
    """Return a profile in which a caller can be found."""
    store = fresh_store(tmp_path)
    for name in ("Harbour & Vine Ltd", "Müller & Söhne GmbH", "Blondel et Fils"):
        customer_id = make_customer(store, name)
        make_contact(store, customer_id)
    store.close()
    return tmp_path


@pytest.fixture
def program(display, profile):
    """Start LoyalDesk as a person does, and stop it if it still runs at the end."""
    environ = {**os.environ, "DISPLAY": display, "LOYALDESK_KEY": KEY.hex()}
    environ |= {"QT_QPA_PLATFORM": "xcb", "LANG": "en_GB.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "loyaldesk", "--profile", str(profile)],
        cwd=ROOT,
        env=environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


@pytest.fixture
def person(display, program):
    """Return what a person does with keyboard and eyes."""
    return _Person(display, program)


class _Person:
    def __init__(self, display: str, program: subprocess.Popen[str]) -> None:
        self._environ = {**os.environ, "DISPLAY": display}
        self._program = program

    def do(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env=self._environ,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        return done.stdout.strip()

    def wait_for_title(self, title: str) -> str:
        """Wait for a visible window of that title and return its id."""
        until = monotonic() + PATIENCE_S
        while monotonic() < until:
            if self._program.poll() is not None:
                pytest.fail(f"The program ended: {self._program.communicate()[1]}")
            found = self.do("search", "--onlyvisible", "--name", title)
            if found:
                return found.splitlines()[-1]
            self.do("sleep", "0.1")
        pytest.fail(f"No window is called {title}; there is: {self.titles()}")

    def titles(self) -> list[str]:
        ids = self.do("search", "--onlyvisible", "--name", ".").splitlines()
        return [self.do("getwindowname", window) for window in ids]


def test_a_caller_is_found_by_keyboard_alone_and_the_window_closes(person, program, profile):
    window = person.wait_for_title("Customers — LoyalDesk")
    # There is no window manager, so nobody else gives the window the keyboard.
    person.do("windowfocus", "--sync", window)
    person.do("key", "--delay", "100", "ctrl+k")
    person.do("sleep", "0.5")
    person.do("type", "--delay", "40", "mull")
    person.do("sleep", "0.5")
    person.do("key", "Return")
    person.wait_for_title("Müller & Söhne GmbH — LoyalDesk")
    began = monotonic()
    person.do("key", "ctrl+q")
    assert program.wait(timeout=PATIENCE_S) == 0
    assert monotonic() - began < LONGEST_QUIT_S
    assert (profile / "profile.lock").read_text().startswith("closed")


def test_what_is_on_screen_is_the_window_in_our_colours(person, display, tmp_path):
    person.wait_for_title("Customers — LoyalDesk")
    person.do("sleep", "1")
    picture = tmp_path / "screen.png"
    subprocess.run(
        [sys.executable, "-c", GRAB, str(picture)],
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        timeout=PATIENCE_S,
        check=True,
    )
    seen = colours_in(QImage(str(picture)).copy(0, 0, 700, 400))
    assert {"#f4f3ef", "#dee6f8", "#ffffff"} <= seen
    assert len(seen) > 50
