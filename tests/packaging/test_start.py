"""Does `start.py` understand its words, and stop with a sentence?"""

import subprocess
import sys
from pathlib import Path

import pytest

import commands
import start
from console import Stop
from environment import Environment

SCRIPT = Path(start.__file__)


def run_start(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *words], capture_output=True, text=True, check=False
    )


def test_no_word_prints_the_words_and_counts_as_wrong_use():
    answer = run_start()
    assert answer.returncode == 2
    assert "python3 packaging/start.py" in answer.stdout


def test_every_word_is_explained():
    explained = {line.split()[0] for line in start.__doc__.splitlines() if line.startswith("    ")}
    assert explained == set(commands.COMMANDS)


def test_unknown_word_counts_as_wrong_use():
    assert run_start("dmeo").returncode == 2


def test_stop_is_told_without_a_traceback(monkeypatch, capsys):
    def refuse(root, words):
        raise Stop("There is no room on the disk.")

    monkeypatch.setitem(commands.COMMANDS, "run", refuse)
    assert start.main(["run"]) == 1
    assert capsys.readouterr().err.strip() == "There is no room on the disk."


def test_error_of_the_machine_is_told_without_a_traceback(monkeypatch, capsys):
    def fail(root, words):
        raise PermissionError(13, "Permission denied", ".venv")

    monkeypatch.setitem(commands.COMMANDS, "run", fail)
    assert start.main(["run"]) == 1
    assert "Permission denied" in capsys.readouterr().err


def test_further_words_are_passed_on(monkeypatch):
    heard = []
    monkeypatch.setitem(commands.COMMANDS, "test", lambda root, words: heard.append(words) or 0)
    assert start.main(["test", "-k", "name"]) == 0
    assert heard == [["-k", "name"]]


def test_unsupported_python_is_told_which_to_install(monkeypatch, capsys):
    monkeypatch.setattr("sys.version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert start.main(["demo"]) == 1
    assert "needs Python 3.11, 3.12 or 3.13; this is 3.9." in capsys.readouterr().err


def test_unsupported_python_hands_over_to_a_supported_one(monkeypatch):
    started = []
    monkeypatch.setattr("sys.version_info", (3, 14, 0, "final", 0))
    monkeypatch.setattr(
        "shutil.which", lambda name: "/usr/bin/python3.12" if "3.12" in name else None
    )
    monkeypatch.setattr("subprocess.call", lambda words: started.append(words) or 0)
    assert start.main(["demo"]) == 0
    assert started == [["/usr/bin/python3.12", start.__file__, "demo"]]


def test_window_without_a_screen_is_refused_with_the_way_out(monkeypatch):
    monkeypatch.setattr(Environment, "prepare", lambda self, kind: None)
    monkeypatch.setattr(commands, "has_screen", lambda: False)
    with pytest.raises(Stop, match=r"start\.py screenshots"):
        commands.demo(SCRIPT.parents[1], [])


@pytest.mark.parametrize(
    "words",
    [[], ["--demo"], ["--profile", "there"], ["--profile=there"], ["--profile", "search"]],
    ids=" ".join,
)
def test_words_without_a_command_open_the_window(words):
    assert commands.opens_window(words)


@pytest.mark.parametrize(
    "words",
    [["search", "x"], ["--profile", "there", "search", "x"], ["--json", "key", "new"], ["--help"],
     ["--profile=there", "check"], ["--version"]],
    ids=" ".join,
)  # fmt: skip
def test_words_with_a_command_or_a_question_need_no_window(words):
    assert not commands.opens_window(words)


@pytest.mark.parametrize(("is_posix", "way"), [(True, "becomes it"), (False, "starts it")])
def test_command_line_needs_no_screen(monkeypatch, is_posix, way):
    ways = []

    def become(program, words, env):
        ways.append(("becomes it", words[1:]))
        raise SystemExit(0)

    def start_it(words, env):
        ways.append(("starts it", words[1:]))
        raise SystemExit(0)

    monkeypatch.setattr(Environment, "prepare", lambda self, kind: None)
    monkeypatch.setattr(commands, "has_screen", lambda: False)
    monkeypatch.setattr(commands, "IS_POSIX", is_posix)
    monkeypatch.setattr("os.execve", become)
    monkeypatch.setattr("subprocess.call", start_it)
    with pytest.raises(SystemExit):
        commands.run(SCRIPT.parents[1], ["search", "Müller"])
    assert ways == [(way, ["-m", "loyaldesk", "search", "Müller"])]


def test_continuous_integration_calls_the_readme_command():
    root = SCRIPT.parents[1]
    command = "python3 packaging/start.py test"
    assert command in (root / ".ci" / "run").read_text(encoding="utf-8")
    assert command in (root / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "passed"),
    [
        ([], ["hub", "serve"]),
        (["--port", "9000"], ["hub", "serve", "--port", "9000"]),
        (["user", "list"], ["hub", "user", "list"]),
    ],
    ids=["alone", "options", "another word"],
)
def test_hub_serves_unless_another_of_its_words_is_given(monkeypatch, words, passed):
    heard = []
    monkeypatch.setattr(Environment, "prepare", lambda self, kind: heard.append(kind))
    monkeypatch.setattr(commands, "_become", lambda environment, module, words: heard.append(words))
    commands.hub(SCRIPT.parents[1], words)
    assert heard == ["hub", passed]
