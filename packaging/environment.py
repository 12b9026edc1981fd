"""How does `.venv` come to hold exactly the locked packages, and know that it does?"""

import hashlib
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from console import Stop, clean_environment, run_logged, say
from system import (
    install,
    install_database_server,
    install_qt_libraries,
    install_virtual_screen,
)

# What is ready once a set is installed: `develop` holds all but `lock`. `hub` holds what `run`
# does, but a server may lack the system libraries that a window needs.
KINDS = {"run": ["run"], "hub": ["hub"], "develop": ["run", "hub", "develop"], "lock": ["lock"]}
# The sets that open no window.
WINDOWLESS = frozenset({"hub", "lock"})

OPENS_A_WINDOW = "from PySide6.QtWidgets import QApplication; QApplication([]); import sqlcipher3"


class Environment:
    """The `.venv` of one checkout."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.requirements = root / "packaging" / "requirements"
        self._marker = self.folder / "ready.json"
        self._log = root / "build" / "set-up.log"

    @property
    def python(self) -> Path:
        """The interpreter inside."""
        scripts = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
        return self.folder / scripts

    @property
    def site_packages(self) -> Path:
        """The folder that holds the installed packages."""
        if sys.platform == "win32":
            return self.folder / "Lib" / "site-packages"
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return self.folder / "lib" / version / "site-packages"

    def prepare(self, kind: str) -> None:
        """Make sure that the packages of `kind` are installed; at once if they already are."""
        ready = self._read_marker()
        if ready.get(kind) == self.fingerprint(kind):
            return
        self._start_log()
        if ready.get("place") != self.place():
            self._make()
            ready = {"place": self.place()}
        self._install(kind)
        if kind not in WINDOWLESS:
            self._prove(kind)
        ready |= {name: self.fingerprint(name) for name in KINDS[kind]}
        self._marker.write_text(json.dumps(ready, indent=1), encoding="utf-8")
        say("Set-up is complete.")

    def fingerprint(self, kind: str) -> str:
        """Return a hash of all that decides what is installed for `kind`."""
        pyproject = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))
        digest = hashlib.sha256(repr(pyproject["project"]).encode())
        for file in self._files(kind):
            digest.update(file.read_bytes())
        return digest.hexdigest()

    def place(self) -> str:
        """Return where the environment stands and for which Python: moved or changed, it breaks."""
        return f"{self.folder} {sys.version_info.major}.{sys.version_info.minor}"

    def _files(self, kind: str) -> list[Path]:
        return [self.requirements / "build.txt", self.requirements / f"{kind}.txt"]

    def _read_marker(self) -> dict[str, str]:
        """Return what is installed; nothing if the environment is missing, moved or half made."""
        try:
            marker: dict[str, str] = json.loads(self._marker.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return marker if marker.get("place") == self.place() and self.python.exists() else {}

    def _start_log(self) -> None:
        self._log.parent.mkdir(exist_ok=True)
        self._log.write_text("", encoding="utf-8")

    def _make(self) -> None:
        self._require_venv()
        say(f"Making {self.folder.name} with Python {sys.version.split()[0]}")
        if self.folder.exists():
            shutil.rmtree(self.folder)
        base = getattr(sys, "_base_executable", sys.executable)
        if tail := run_logged([base, "-m", "venv", str(self.folder)], self._log):
            raise Stop("Python could not make .venv; it said:\n  " + "\n  ".join(tail))

    def _require_venv(self) -> None:
        """Install the parts of Python that Debian leaves out, or stop with what to do."""
        if _can_import("ensurepip", "venv"):
            return
        say("  This Python comes without its venv module.")
        if sys.platform.startswith("linux"):
            install([f"python3.{sys.version_info.minor}-venv"], self._log)
        if not _can_import("ensurepip", "venv"):
            raise Stop("Python's venv module is still missing. Install it and run this again.")

    def _install(self, kind: str) -> None:
        words = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check"]
        words += ["--no-input", "--progress-bar", "off"]
        locked = [word for file in self._files(kind) for word in ("-r", str(file))]
        total = sum(_count_packages(file) for file in self._files(kind))
        say(f"Installing up to {total} locked packages; the first time this takes some minutes")
        # Only wheels: building from source would fetch tools that no lock file pins.
        self._pip([*words, "--require-hashes", "--only-binary", ":all:", *locked])
        self._pip([*words, "--no-deps", "--no-build-isolation", "-e", str(self.root)])
        self._compile()

    def _compile(self) -> None:
        """Compile the checkout's own modules, as pip does those that it copies.

        A start would do it, every time where Python may not leave what it compiled.
        """
        words = [str(self.python), "-m", "compileall", "-q", str(self.root / "loyaldesk")]
        if tail := run_logged(words, self._log):
            raise Stop("A module of LoyalDesk cannot be compiled:\n  " + "\n  ".join(tail))

    def _pip(self, words: list[str]) -> None:
        if tail := run_logged(words, self._log, counted="Collecting "):
            raise Stop(
                "pip could not install the packages; its last words were:\n  "
                + "\n  ".join(tail)
                + f"\nThe whole story is in {self._log}. If the network failed, run this again."
            )

    def _prove(self, kind: str) -> None:
        say("Looking whether a window can be drawn")
        install_qt_libraries(self.site_packages, self._log)
        if kind == "develop":
            install_virtual_screen(self._log)
            install_database_server(self._log)
        probe = subprocess.run(
            [str(self.python), "-c", OPENS_A_WINDOW],
            env=clean_environment(QT_QPA_PLATFORM="offscreen"),
            capture_output=True,
            text=True,
            check=False,
        )
        if probe.returncode:
            raise Stop("Qt does not start on this machine. It said:\n  " + probe.stderr.strip())


def _can_import(*modules: str) -> bool:
    """Ask a new interpreter, since this one remembers what it did not find."""
    words = [sys.executable, "-c", "import " + ", ".join(modules)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def _count_packages(file: Path) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return sum("==" in line for line in lines)
