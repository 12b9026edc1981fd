"""Which of Qt's system libraries are missing on this machine, and how do they get here?"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from console import Stop, run_logged, say

# What PySide6-Essentials needs beside itself for a window, for printing and for drawing offscreen.
QT_PACKAGES = """
    libcups2 libdbus-1-3 libegl1 libfontconfig1 libfreetype6 libgl1 libglib2.0-0 libgssapi-krb5-2
    libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
    libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0
    libxcb-xkb1 libxkbcommon-x11-0 libxkbcommon0
""".split()

DEBIAN_POSTGRESQL = Path("/usr/lib/postgresql")

QT_FILES = (
    "QtCore.abi3.so",
    "QtGui.abi3.so",
    "QtNetwork.abi3.so",
    "QtPrintSupport.abi3.so",
    "QtSvg.abi3.so",
    "QtWidgets.abi3.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/printsupport/libcupsprintersupport.so",
)


def install_qt_libraries(site_packages: Path, log: Path) -> None:
    """Install the libraries that PySide6 in `site_packages` misses, or stop and name them."""
    if not (missing := missing_libraries(site_packages)):
        return
    say("  Qt needs system libraries that are not here: " + ", ".join(missing))
    install(QT_PACKAGES, log)
    if still := missing_libraries(site_packages):
        raise Stop(
            "Qt still misses system libraries: " + ", ".join(still) + ".\n"
            "Install the packages that hold them and run the same command again."
        )


def missing_libraries(site_packages: Path) -> list[str]:
    """Return the file names of the shared libraries that Qt asks for and Linux cannot find."""
    files = [str(site_packages / "PySide6" / name) for name in QT_FILES]
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return []
    answer = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False)
    return unresolved(answer.stdout)


def unresolved(ldd_output: str) -> list[str]:
    """Return the names that `ldd` could not find, each once, in alphabetical order."""
    lines = (line.split() for line in ldd_output.splitlines() if line.endswith("=> not found"))
    return sorted({words[0] for words in lines})


def install_virtual_screen(log: Path) -> None:
    """Install Xvfb for the tests that open a real window; without it they skip, so never stop."""
    if not sys.platform.startswith("linux") or shutil.which("Xvfb"):
        return
    try:
        install(["xvfb"], log)
    except Stop as stop:
        say(f"  The tests that need a real window will be skipped. {stop}")


def install_database_server(log: Path) -> None:
    """Install PostgreSQL for the tests of the hub; without it they skip, so never stop."""
    if not sys.platform.startswith("linux") or has_database_server():
        return
    try:
        install(["postgresql"], log)
    except Stop as stop:
        say(f"  The tests that need PostgreSQL will be skipped. {stop}")


def has_database_server() -> bool:
    """Tell whether PostgreSQL's programs are here; Debian keeps them off the path."""
    return bool(shutil.which("postgres") or any(DEBIAN_POSTGRESQL.glob("*/bin/postgres")))


def install(packages: list[str], log: Path) -> None:
    """Install Debian packages as root or through sudo, or stop with the command to type."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    asked = "sudo " + " ".join(command)
    if not shutil.which("apt-get"):
        raise Stop(f"Install what Debian calls {' '.join(packages)} with this system's own tool.")
    rights = _rights()
    if rights is None:
        raise Stop(f"This needs the administrator. Run the line below, then this again:\n  {asked}")
    say("  Installing with apt-get: " + " ".join(packages))
    if not run_logged([*rights, *command], log):
        return
    # The lists of packages are missing or old on a new machine: fetch them and try once more.
    run_logged([*rights, "apt-get", "update"], log)
    if tail := run_logged([*rights, *command], log):
        raise Stop("apt-get failed; its last words were:\n  " + "\n  ".join(tail))


def _rights() -> list[str] | None:
    """Return the words to put before a command so that it runs as root, or None."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asks_no_password = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asks_no_password.returncode == 0 else None


def has_screen() -> bool:
    """Tell whether a window can be opened here, or Qt was told to do without a screen."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in names)
