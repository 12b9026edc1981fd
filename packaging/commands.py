"""Which programs does each word of `start.py` set up and start?"""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from console import Stop, clean_environment, say
from environment import Environment
from locks import renew_locks
from system import has_screen

IS_POSIX = os.name == "posix"

CHECKS = (
    ["ruff", "format", "--check", "--quiet"],
    ["ruff", "check"],
    ["mypy"],
    ["lint-imports", "--no-logo"],
)


def demo(root: Path, words: list[str]) -> int:
    """Start the demo company in a temporary profile."""
    return run(root, ["--demo", *words])


def run(root: Path, words: list[str]) -> int:
    """Start LoyalDesk with `words`."""
    environment = Environment(root)
    environment.prepare("run")
    if not has_screen() and opens_window(words):
        raise Stop(
            "Everything is set up, but there is no screen here to open a window on (DISPLAY is not "
            "set).\nRun this in a desktop session, or see the pages as pictures:\n"
            "  python3 packaging/start.py screenshots"
        )
    return _become(environment, "loyaldesk", words)


def hub(root: Path, words: list[str]) -> int:
    """Start a hub for the desks of a company; with another word, that command of `hub`."""
    environment = Environment(root)
    environment.prepare("hub")
    is_named = bool(words) and not words[0].startswith("-")
    return _become(environment, "loyaldesk", ["hub", *([] if is_named else ["serve"]), *words])


def opens_window(words: list[str]) -> bool:
    """Tell whether these words name no command: only which profile, or the demo company."""
    named = [
        word for before, word in zip(["", *words], words, strict=False) if before != "--profile"
    ]
    return all(word == "--demo" or word.startswith("--profile") for word in named)


def screenshots(root: Path, words: list[str]) -> int:
    """Save a picture of every page; the first word names the folder."""
    environment = Environment(root)
    environment.prepare("run")
    folder = words or [str(root / "build" / "screenshots")]
    return _become(environment, "loyaldesk", ["screenshots", *folder], QT_QPA_PLATFORM="offscreen")


def bench(root: Path, words: list[str]) -> int:
    """Measure against the raw limits and print the table."""
    environment = Environment(root)
    environment.prepare("develop")
    os.chdir(root)
    return _become(environment, "benchmarks", words, QT_QPA_PLATFORM="offscreen")


def check(root: Path, words: list[str]) -> int:
    """Run every check, also after one has failed, and name those that failed."""
    if words:
        raise Stop("`check` always looks at everything and takes no further words.")
    environment = Environment(root)
    environment.prepare("develop")
    failed = []
    for name, *more in CHECKS:
        say("- " + " ".join([name, *more]))
        program = str(environment.python.parent / name)
        if subprocess.call([program, *more], cwd=root, env=clean_environment()):
            failed.append(name)
    if failed:
        say("These checks failed: " + ", ".join(dict.fromkeys(failed)) + ".")
    return 1 if failed else 0


def test(root: Path, words: list[str]) -> int:
    """Run the checks and all tests; with `words`, only the tests that pytest chooses by them."""
    environment = Environment(root)
    environment.prepare("develop")
    checked = 0 if words else check(root, [])
    say("- pytest " + " ".join(words))
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    pytest = [str(environment.python), "-m", "pytest", *words]
    failed = subprocess.call(pytest, cwd=root, env=clean_environment(QT_QPA_PLATFORM=platform))
    return 1 if failed else checked


def lock(root: Path, words: list[str]) -> int:
    """Renew the lock files from pyproject.toml."""
    environment = Environment(root)
    environment.prepare("lock")
    renew_locks(environment.python, root, words)
    return 0


COMMANDS: dict[str, Callable[[Path, list[str]], int]] = {
    command.__name__: command for command in (demo, run, hub, test, check, bench, screenshots, lock)
}


def _become(environment: Environment, module: str, words: list[str], **more: str) -> int:
    """Go on as `python -m module words`, so that whoever stops this program stops that one."""
    command = [str(environment.python), "-m", module, *words]
    if IS_POSIX:
        os.execve(command[0], command, clean_environment(**more))
    return subprocess.call(command, env=clean_environment(**more))
