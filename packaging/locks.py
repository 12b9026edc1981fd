"""How are the lock files in `requirements/` made from pyproject.toml?"""

import subprocess
import tomllib
from pathlib import Path

from console import Stop, clean_environment, say

# One file for every supported Python on Linux, Windows and macOS, and no package host in it.
COMPILE = """
    -m uv pip compile --quiet --system-certs --universal --python-version 3.11
    --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate
""".split()


def renew_locks(python: Path, root: Path, words: list[str]) -> None:
    """Write a lock file for each set of packages; versions stay unless `--upgrade`."""
    folder = root / "packaging" / "requirements"
    wanted = read_wanted(root)
    run_lock = folder / "run.txt"
    for kind, requirements in wanted.items():
        target = folder / f"{kind}.txt"
        # What runs LoyalDesk is chosen first; the tools around it take the same versions.
        agree = [] if kind == "run" else ["--constraint", str(run_lock)]
        answer = subprocess.run(
            [str(python), *COMPILE, *agree, *words, "--output-file", str(target), "-"],
            input="\n".join(requirements),
            env=clean_environment(),
            cwd=folder,
            text=True,
            capture_output=True,
            check=False,
        )
        if answer.returncode:
            raise Stop(f"{kind}.txt was not renewed:\n{answer.stderr.strip()}")
        say(f"{target.relative_to(root)} is up to date")


def read_wanted(root: Path) -> dict[str, list[str]]:
    """Return what pyproject.toml asks for, by the name of the lock file that answers it."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    run = project["project"]["dependencies"]
    optional = project["project"]["optional-dependencies"]
    return {
        "run": run,
        "build": project["build-system"]["requires"],
        "hub": run + optional["hub"],
        "develop": run + optional["hub"] + optional["develop"],
        "lock": optional["lock"],
    }
