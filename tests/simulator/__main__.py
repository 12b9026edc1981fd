"""Run seeds from the command line: `python -m tests.simulator --seeds 0..200`."""

from __future__ import annotations

import sys

from tests.simulator.command import main

if __name__ == "__main__":
    sys.exit(main())
