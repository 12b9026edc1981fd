"""On which machine and with which versions the table was made."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

import PySide6
import sqlalchemy
from sqlcipher3 import dbapi2 as driver

__all__ = ["describe_machine"]


def describe_machine() -> dict[str, Any]:
    """Return what a reader of the table needs to compare it with another."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": [round(part, 2) for part in os.getloadavg()] if hasattr(os, "getloadavg") else [],
        "system": platform.platform(),
        "python": platform.python_version(),
        "qt": PySide6.__version__,
        "sqlite": driver.sqlite_version,
        "sqlalchemy": sqlalchemy.__version__,
    }


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
