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
    if not has_screen() and (not words or words[0].startswith("-")):
        raise Stop(
            "Everything is set up, but there is no screen here to open a window on (DISPLAY is not "
            "set).\nRun this in a desktop session, or see the pages as pictures:\n"
            "  python3 packaging/start.py screenshots"
        )
    return _become(environment, "loyaldesk", words)


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
    failed = [chosen for chosen in test_runs(root, words) if _run_tests(environment, chosen)]
    if failed and not words:
        say("Tests failed in: " + "; ".join(" ".join(chosen) for chosen in failed) + ".")
    return 1 if failed else checked


def test_runs(root: Path, words: list[str]) -> list[list[str]]:
    """Return the words of each run of pytest: one process per part of the window.

    A desktop starts one QApplication in its life. Thousands of windows in a single process are
    something that Qt has never been asked for, and now and then it ends the process.
    """
    if words:
        return [words]
    parts = sorted(path for path in (root / "tests" / "ui").iterdir() if _has_tests(path))
    return [
        ["tests", "--ignore=tests/ui"],
        *([path.relative_to(root).as_posix()] for path in parts),
    ]


def _has_tests(path: Path) -> bool:
    return path.is_dir() and any(path.glob("test_*.py"))


def _run_tests(environment: Environment, words: list[str]) -> int:
    say("- pytest " + " ".join(words))
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    pytest = [str(environment.python), "-m", "pytest", *words]
    variables = clean_environment(QT_QPA_PLATFORM=platform)
    code = subprocess.call(pytest, cwd=environment.root, env=variables)
    if code < 0:
        # No test has failed: the process itself was ended, so nobody knows what the rest would say.
        say(f"Signal {-code} ended the tests; they run once more.")
        code = subprocess.call(pytest, cwd=environment.root, env=variables)
    return code


def lock(root: Path, words: list[str]) -> int:
    """Renew the lock files from pyproject.toml."""
    environment = Environment(root)
    environment.prepare("lock")
    renew_locks(environment.python, root, words)
    return 0


COMMANDS: dict[str, Callable[[Path, list[str]], int]] = {
    command.__name__: command for command in (demo, run, test, check, bench, screenshots, lock)
}


def _become(environment: Environment, module: str, words: list[str], **more: str) -> int:
    """Go on as `python -m module words`, so that whoever stops this program stops that one."""
    command = [str(environment.python), "-m", module, *words]
    if IS_POSIX:
        os.execve(command[0], command, clean_environment(**more))
    return subprocess.call(command, env=clean_environment(**more))
