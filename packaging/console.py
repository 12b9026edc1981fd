"""How does set-up talk to the person at the terminal, and stop with a sentence?"""

import os
import subprocess
import sys
from collections import deque
from pathlib import Path

TAIL_LINES = 12


class Stop(Exception):  # noqa: N818 - it is how set-up ends, told in a sentence
    """Set-up cannot go on; the message says what happened and what to do."""


def say(text: str) -> None:
    """Print one line of progress at once."""
    print(text, flush=True)


def clean_environment(**more: str) -> dict[str, str]:
    """Return this process's environment without what would mix other Python packages in."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    }
    return environment | {"PYTHONNOUSERSITE": "1", "PIP_USER": "0"} | more


def run_logged(words: list[str], log: Path, *, counted: str = "") -> list[str]:
    """Run a program with its output in `log`; return its last lines if it failed, else nothing.

    On a terminal the number of lines that start with `counted` is shown while it runs.
    """
    tail: deque[str] = deque(maxlen=TAIL_LINES)
    count = 0
    with (
        log.open("a", encoding="utf-8") as kept,
        subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=clean_environment(DEBIAN_FRONTEND="noninteractive"),
            encoding="utf-8",
            errors="replace",
        ) as program,
    ):
        for line in program.stdout or ():
            kept.write(line)
            tail.append(line.rstrip())
            if counted and line.startswith(counted):
                count += 1
                _show_count(count)
    return list(tail) or ["(it said nothing)"] if program.returncode else []


def _show_count(count: int) -> None:
    if sys.stdout.isatty():
        print(f"  {count}", end="\r", flush=True)
