"""How does the system know that a file came from outside?

Windows keeps a `Zone.Identifier` stream beside the content (the Mark of the Web), macOS a
quarantine attribute. Other programs ask before they run anything in a file that has it.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

__all__ = ["mark_as_foreign"]

_ZONE_INTERNET = b"[ZoneTransfer]\r\nZoneId=3\r\n"
_QUARANTINE = b"0081;00000000;LoyalDesk;"


def mark_as_foreign(path: Path) -> bool:
    """Mark a file as coming from outside; False if the disk cannot keep the system's mark."""
    try:
        if sys.platform == "win32":
            Path(f"{path}:Zone.Identifier").write_bytes(_ZONE_INTERNET)
        elif sys.platform == "darwin":
            return _is_quarantined(path)
    except OSError:
        return False
    return True


def _is_quarantined(path: Path) -> bool:
    # Python has no setxattr on macOS; the C library has.
    name, size = b"com.apple.quarantine", ctypes.c_size_t(len(_QUARANTINE))
    start, options = ctypes.c_uint32(0), ctypes.c_int(0)
    done = ctypes.CDLL(None).setxattr(bytes(path), name, _QUARANTINE, size, start, options)
    return bool(done == 0)
