"""Under which licences is the software that LoyalDesk comes with, and may we ship it?

`.venv/bin/python packaging/licences.py` writes resources/licences/third-party.txt from the lock
file and from what the installed packages say of themselves.
"""

import re
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from console import Stop, say

ROOT = Path(__file__).resolve().parent.parent
# Holds what a desk needs and what the hub needs besides.
LOCK = ROOT / "packaging" / "requirements" / "hub.txt"
LIST = ROOT / "resources" / "licences" / "third-party.txt"

ALLOWED = frozenset(
    """
    Apache-2.0 BSD-2-Clause BSD-3-Clause ISC MIT MIT-0 MIT-CMU MPL-2.0 OFL-1.1 PSF-2.0 Zlib
    """.split()
)

# The LGPL asks that its library can be replaced: all of these are separate files beside us.
REPLACEABLE = {
    "psycopg": "LGPL-3.0-only",
    "psycopg-binary": "LGPL-3.0-only",
    "pycountry": "LGPL-2.1-only",
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
}

# Read from their licence files, because their metadata does not name the licence precisely or
# because they are installed on other systems or Python versions only.
READ_BY_HAND = {
    "backports-tarfile": "MIT",
    "deprecated": "MIT",
    "colorama": "BSD-3-Clause",
    "jaraco-classes": "MIT",
    "obstore": "MIT",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pywin32-ctypes": "BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "rstr": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "sqlcipher3": "Zlib",
    "tzdata": "Apache-2.0",
    "uharfbuzz": "Apache-2.0",
    "wrapt": "BSD-2-Clause",
}

INSIDE = {
    "pyside6-essentials": "Qt 6, under the same licence; the text is in LGPL-3.0.txt beside this.",
    "sqlcipher3": (
        "SQLite (public domain), OpenSSL (Apache-2.0) and SQLCipher (BSD-3-Clause; the text is in "
        "SQLCipher.txt beside this)."
    ),
    "uharfbuzz": "HarfBuzz, under the Old MIT licence; the text is in HarfBuzz.txt beside this.",
}

HEADING = """\
The software that LoyalDesk comes with

Made by packaging/licences.py from the lock file; do not edit by hand. First a list, then the
licence that each package brings along. Fonts and icons have theirs in their own folders.
"""


@dataclass(frozen=True, slots=True)
class Package:
    """One locked package and the licence we use it under, as an SPDX expression."""

    name: str
    version: str
    licence: str

    @property
    def line(self) -> str:
        """The package's line in the list."""
        return f"{self.name} {self.version} | {self.licence}"


def locked_packages(lock: Path = LOCK) -> list[Package]:
    """Return every package of the lock file, in its order; two versions of one are two packages."""
    pins = re.findall(r"^([\w.-]+)==([^\s;]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return [Package(name, version, licence_of(name)) for name, version in pins]


def licence_of(name: str) -> str:
    """Return the licence of a package, or stop when neither it nor we can say."""
    if known := REPLACEABLE.get(name) or READ_BY_HAND.get(name):
        return known
    try:
        said = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        raise Stop(f"{name} is not installed here: read its licence, add it by hand.") from None
    expression = str(said.get("license_expression") or said.get("license"))
    if not re.fullmatch(r"[\w.-]+( (AND|OR) [\w.-]+)*", expression):
        raise Stop(f"{name} does not say its licence as an SPDX expression: add it by hand.")
    return expression


def is_allowed(package: Package) -> bool:
    """Tell whether we may ship the package: one choice of which every licence is allowed."""
    choices = (choice.split(" AND ") for choice in package.licence.split(" OR "))
    return REPLACEABLE.get(package.name) == package.licence or any(
        all(licence in ALLOWED for licence in choice) for choice in choices
    )


def third_party_text(packages: list[Package]) -> str:
    """Return the whole text of third-party.txt."""
    lines = "\n".join(package.line for package in packages)
    return f"{HEADING}\n{lines}\n" + "".join(_section(package) for package in packages)


def _section(package: Package) -> str:
    parts = [f"\n{'=' * 80}\n{package.line}"]
    if inside := INSIDE.get(package.name):
        parts.append(f"It holds {inside}")
    parts += _licence_texts(package) or ["It brings no text of its own to this system."]
    return "\n\n".join(parts) + "\n"


def _licence_texts(package: Package) -> list[str]:
    try:
        distribution = metadata.distribution(package.name)
    except metadata.PackageNotFoundError:
        return []
    if distribution.version != package.version:
        return []
    files = (Path(str(distribution.locate_file(file))) for file in distribution.files or ())
    named = {file for file in files if _holds_licence(file)}
    texts = (file.read_text(encoding="utf-8", errors="replace") for file in sorted(named))
    return ["\n".join(line.rstrip() for line in text.splitlines()).strip() for text in texts]


def _holds_licence(file: Path) -> bool:
    in_metadata = any(part.endswith(".dist-info") for part in file.parts)
    named_so = re.match(r"(?i)(licen[cs]e|copying|notice)", file.name) is not None
    return in_metadata and (named_so or "licenses" in file.parts)


def main() -> int:
    """Write the list; refuse when a licence is not allowed."""
    try:
        packages = locked_packages()
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    if refused := [package.line for package in packages if not is_allowed(package)]:
        print("We may not ship: " + "; ".join(refused), file=sys.stderr)
        return 1
    LIST.write_text(third_party_text(packages), encoding="utf-8")
    say(f"{LIST.relative_to(ROOT)} names {len(packages)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
