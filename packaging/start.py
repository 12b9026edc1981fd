"""What does each word after `python3 packaging/start.py` do?

    demo         set everything up and start the demo company in a temporary profile
    run          set everything up and start LoyalDesk; further words go to it
    hub          set everything up and start a hub for several desks; further words go to it
    test         set everything up and run the checks and the tests; further words go to pytest
    check        style, types and import rules
    bench        the benchmarks; further words go to them
    screenshots  pictures of every page; further words name the folder
    lock         renew the lock files from pyproject.toml; --upgrade takes newer versions

It needs Python's standard library only. The first run makes `.venv` in this folder; later runs
start at once.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUPPORTED = (11, 12, 13)


def main(words: list[str]) -> int:
    """Do what the first word says; return the exit code."""
    if sys.version_info[0] != 3 or sys.version_info[1] not in SUPPORTED:
        return _start_again_with_supported_python(words)
    # Older versions of Python cannot read these two, so they come after the question above.
    from commands import COMMANDS
    from console import Stop

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    if not words or words[0] not in COMMANDS:
        print(__doc__)
        return 2
    try:
        return COMMANDS[words[0]](ROOT, words[1:])
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\nThe machine refused: {error}. Mend that and run this again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command to go on.", file=sys.stderr)
        return 130


def _start_again_with_supported_python(words: list[str]) -> int:
    for minor in reversed(SUPPORTED):
        python = shutil.which(f"python3.{minor}")
        launcher = [python] if python else _windows_launcher(minor)
        if launcher:
            return subprocess.call([*launcher, __file__, *words])
    print(
        "LoyalDesk needs Python 3.11, 3.12 or 3.13; this is {}.{}.\n"
        "Install one of them from python.org and run this again.".format(*sys.version_info[:2]),
        file=sys.stderr,
    )
    return 1


def _windows_launcher(minor: int) -> list[str]:
    launcher = shutil.which("py")
    if launcher is None:
        return []
    words = [launcher, f"-3.{minor}"]
    answers = subprocess.call([*words, "-c", ""], stderr=subprocess.DEVNULL) == 0
    return words if answers else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
