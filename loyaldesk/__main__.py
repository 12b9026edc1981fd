"""The `loyaldesk` command."""

from __future__ import annotations

import multiprocessing
import sys

__all__ = ["main"]


def main() -> int:
    """Run the command line of this process and return its exit code."""
    # A frozen program is its own child process.
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if not arguments or arguments == ["--demo"]:
        # The window paints first: parsing a command line it does not have would only delay it.
        from loyaldesk.app import run_window

        return run_window(profile=None, demo=bool(arguments))
    from loyaldesk.cli.main import run_command

    return run_command(arguments)


if __name__ == "__main__":
    sys.exit(main())
