"""Does set-up find what Qt misses, and install it or say how?"""

import sys

import pytest

import system
from console import Stop, run_logged

LDD = """\
/venv/PySide6/QtGui.abi3.so:
\tlinux-vdso.so.1 (0x00007ffd)
\tlibEGL.so.1 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
/venv/PySide6/QtWidgets.abi3.so:
\tlibxcb-cursor.so.0 => not found
\tlibEGL.so.1 => not found
"""


@pytest.fixture
def apt(monkeypatch):
    """A Debian whose apt-get answers as `answers` says, nothing meaning success."""
    answers: list[list[str]] = []
    started: list[list[str]] = []

    def pretend(words, log):
        started.append(words)
        return answers.pop(0) if answers else []

    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system, "run_logged", pretend)
    monkeypatch.setattr(system, "_rights", list)
    return answers, started


def test_missing_libraries_are_named_once_in_order():
    assert system.unresolved(LDD) == ["libEGL.so.1", "libxcb-cursor.so.0"]


def test_root_installs_at_once(apt, tmp_path):
    _, started = apt
    system.install(["xvfb"], tmp_path / "log")
    assert started == [["apt-get", "install", "-y", "--no-install-recommends", "xvfb"]]


def test_old_package_lists_are_fetched_and_the_install_tried_again(apt, tmp_path):
    answers, started = apt
    answers += [["Unable to locate package"], [], []]
    system.install(["xvfb"], tmp_path / "log")
    assert [words[1] for words in started] == ["install", "update", "install"]


def test_apt_that_keeps_failing_is_told(apt, tmp_path):
    answers, _ = apt
    answers += [["E: no network"], [], ["E: no network"]]
    with pytest.raises(Stop, match="no network"):
        system.install(["xvfb"], tmp_path / "log")


def test_without_rights_the_exact_command_is_named(apt, tmp_path, monkeypatch):
    monkeypatch.setattr(system, "_rights", lambda: None)
    with pytest.raises(Stop, match="sudo apt-get install -y --no-install-recommends libegl1"):
        system.install(["libegl1"], tmp_path / "log")


def test_without_apt_the_packages_are_named(apt, tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(Stop, match="libegl1"):
        system.install(["libegl1"], tmp_path / "log")


def test_libraries_that_stay_missing_are_named(apt, tmp_path, monkeypatch):
    monkeypatch.setattr(system, "missing_libraries", lambda folder: ["libEGL.so.1"])
    with pytest.raises(Stop, match=r"libEGL\.so\.1"):
        system.install_qt_libraries(tmp_path, tmp_path / "log")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb is a Linux program")
def test_virtual_screen_that_cannot_be_had_stops_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("shutil.which", lambda name: None)
    system.install_virtual_screen(tmp_path / "log")
    assert "will be skipped" in capsys.readouterr().out


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="apt-get is Debian's")
def test_database_server_that_cannot_be_had_stops_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(system, "DEBIAN_POSTGRESQL", tmp_path)
    system.install_database_server(tmp_path / "log")
    assert "PostgreSQL will be skipped" in capsys.readouterr().out


def test_database_server_is_found_where_debian_keeps_it(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(system, "DEBIAN_POSTGRESQL", tmp_path)
    assert not system.has_database_server()
    program = tmp_path / "15" / "bin" / "postgres"
    program.parent.mkdir(parents=True)
    program.touch()
    assert system.has_database_server()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere a screen is given")
def test_screen_is_known_by_the_display_variables(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not system.has_screen()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert system.has_screen()


def test_program_that_fails_leaves_its_last_words(tmp_path):
    words = [sys.executable, "-c", "print('first'); print('last'); raise SystemExit(3)"]
    assert run_logged(words, tmp_path / "log") == ["first", "last"]
    assert (tmp_path / "log").read_text(encoding="utf-8") == "first\nlast\n"


def test_silent_failure_is_still_a_failure(tmp_path):
    words = [sys.executable, "-c", "raise SystemExit(3)"]
    assert run_logged(words, tmp_path / "log")


def test_program_that_succeeds_leaves_nothing(tmp_path):
    assert run_logged([sys.executable, "-c", "print('fine')"], tmp_path / "log") == []
