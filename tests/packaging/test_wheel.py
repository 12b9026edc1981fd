"""Does the built package carry everything the program needs, and nothing else?"""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    """The package, built from a copy so that nothing of an earlier build gets in."""
    source = tmp_path_factory.mktemp("source")
    for name in ("loyaldesk", "resources", "packaging"):
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, source / name, ignore=unwanted)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    words = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    built = subprocess.run([*words, "-w", str(source), str(source)], capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    return zipfile.ZipFile(next(source.glob("*.whl")))


def tree(folder: Path, suffix: str = "") -> set[str]:
    files = folder.rglob(f"*{suffix}")
    return {
        file.relative_to(folder).as_posix()
        for file in files
        if file.is_file() and "__pycache__" not in file.parts
    }


def test_wheel_holds_every_module(wheel):
    modules = {f"loyaldesk/{name}" for name in tree(ROOT / "loyaldesk", ".py")}
    assert modules - set(wheel.namelist()) == set()


def test_wheel_holds_every_resource(wheel):
    resources = {f"loyaldesk/_resources/{name}" for name in tree(ROOT / "resources")}
    assert resources - set(wheel.namelist()) == set()


def test_wheel_holds_the_book_of_statements_and_the_table_of_locales(wheel):
    made = {"loyaldesk/queries/statements.json", "loyaldesk/formats/locales.json"}
    assert made - set(wheel.namelist()) == set()


def test_wheel_holds_no_tests_and_no_tools(wheel):
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"loyaldesk"}
