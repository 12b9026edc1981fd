"""One area, measured in a process of its own: nothing that ran before weighs on it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.areas import measure_of
from benchmarks.data import Data

__all__ = ["main"]


def main() -> None:
    """Measure the area named on the command line and print its rows as one line of JSON."""
    area, profile, customers, quick = sys.argv[1:]
    rows = measure_of(area)(Data(Path(profile), int(customers)), quick == "quick")
    print(json.dumps([row.as_fields() for row in rows]), flush=True)


if __name__ == "__main__":
    main()
