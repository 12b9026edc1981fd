"""The program as a person starts it: every command line a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.settings import PROFILE_VARIABLE
from tests.support.stores import KEY

__all__ = ["Ended", "Program"]

# Where bytecode is not kept beside the sources, every process would compile the libraries anew.
BYTECODE = {
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "loyaldesk-bytecode"),
}


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Program:
    """The program with a profile and a key, started in a folder."""

    profile: Path
    folder: Path
    key: bytes = KEY

    def __call__(self, *words: object) -> Ended:
        """Run one command line to its end."""
        known = {KEY_VARIABLE: self.key.hex(), PROFILE_VARIABLE: str(self.profile)}
        done = subprocess.run(
            [sys.executable, "-m", "loyaldesk", *map(str, words)],
            env={**os.environ, **BYTECODE, **known},
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        return Ended(done.returncode, done.stdout, done.stderr)
