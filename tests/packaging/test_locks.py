"""Are the lock files pinned, hashed, free of hosts, and answers to pyproject.toml?"""

import re
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from locks import read_wanted
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "packaging" / "requirements"
KINDS = ("build", "run", "hub", "develop", "lock")


def entries(kind: str) -> list[str]:
    """Return each requirement of a lock file with its continuation lines as one line."""
    text = (FOLDER / f"{kind}.txt").read_text(encoding="utf-8")
    return text.replace("\\\n", " ").splitlines()


def names(kind: str) -> set[str]:
    return {entry.split("==")[0] for entry in entries(kind)}


def versions_of(name: str, kind: str) -> set[str]:
    """Return the versions that a lock file pins of one package, for whichever systems."""
    pins = (entry.split()[0].split("==") for entry in entries(kind))
    return {version for pinned, version in pins if pinned == canonicalize_name(name)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_requirement_is_pinned_and_hashed(kind):
    pattern = re.compile(r"[a-z0-9-]+==[^\s;]+( ; [^\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [entry for entry in entries(kind) if not pattern.fullmatch(entry)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_package_host_is_named(kind):
    text = (FOLDER / f"{kind}.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links", text)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_pyproject_asks_for_is_locked_in_a_version_it_allows(kind):
    wanted = [Requirement(text) for text in read_wanted(ROOT)[kind]]
    unanswered = [
        str(requirement)
        for requirement in wanted
        if not any(map(requirement.specifier.contains, versions_of(requirement.name, kind)))
    ]
    assert unanswered == []


@pytest.mark.parametrize(("inner", "outer"), [("run", "hub"), ("hub", "develop")])
def test_tools_use_the_versions_that_run(inner, outer):
    assert {entry.split()[0] for entry in entries(inner)} <= {
        entry.split()[0] for entry in entries(outer)
    }


def test_a_desk_installs_nothing_that_only_the_hub_needs():
    assert {"argon2-cffi", "obstore", "psycopg", "starlette", "uvicorn"} & names("run") == set()


@pytest.mark.parametrize("kind", KINDS)
def test_keyrings_that_write_plain_files_are_absent(kind):
    assert {"keyrings-alt", "keyrings-cryptfile"} & names(kind) == set()


def test_no_lock_of_another_tool_is_committed():
    assert not (ROOT / "uv.lock").exists()
