"""Are the lock files pinned, hashed, free of hosts, and answers to pyproject.toml?"""

import re
from pathlib import Path

import pytest

from locks import read_wanted

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "packaging" / "requirements"
KINDS = ("build", "run", "develop", "lock")


def entries(kind: str) -> list[str]:
    """Return each requirement of a lock file with its continuation lines as one line."""
    text = (FOLDER / f"{kind}.txt").read_text(encoding="utf-8")
    return text.replace("\\\n", " ").splitlines()


def names(kind: str) -> set[str]:
    return {entry.split("==")[0] for entry in entries(kind)}


def name_of(requirement: str) -> str:
    """Return the normalised name of one requirement of pyproject.toml."""
    match = re.match(r"[\w.-]+", requirement)
    assert match
    return re.sub(r"[-_.]+", "-", match[0]).lower()


@pytest.mark.parametrize("kind", KINDS)
def test_every_requirement_is_pinned_and_hashed(kind):
    pattern = re.compile(r"[a-z0-9-]+==[^\s;]+( ; [^\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [entry for entry in entries(kind) if not pattern.fullmatch(entry)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_package_host_is_named(kind):
    text = (FOLDER / f"{kind}.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links", text)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_pyproject_asks_for_is_locked(kind):
    wanted = {name_of(requirement) for requirement in read_wanted(ROOT)[kind]}
    assert wanted - names(kind) == set()


def test_tools_use_the_versions_that_run():
    assert {pin.split("--hash")[0] for pin in entries("run")} <= {
        pin.split("--hash")[0] for pin in entries("develop")
    }


@pytest.mark.parametrize("kind", KINDS)
def test_keyrings_that_write_plain_files_are_absent(kind):
    assert {"keyrings-alt", "keyrings-cryptfile"} & names(kind) == set()


def test_no_lock_of_another_tool_is_committed():
    assert not (ROOT / "uv.lock").exists()
