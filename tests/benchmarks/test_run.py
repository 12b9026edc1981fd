"""Does the whole benchmark run, at toy sizes, and say what its readers count on?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.areas import AREAS
from benchmarks.data import CACHE_VARIABLE, open_data

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    folder = tmp_path_factory.mktemp("benchmarks")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", "--customers", "300",
         "--json", str(folder / "table.json")],
        cwd=ROOT, env={**os.environ, CACHE_VARIABLE: str(folder / "cache")},
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout, json.loads((folder / "table.json").read_text(encoding="utf-8"))


def test_every_row_says_whether_its_target_is_met(measured):
    _, document = measured
    for row in document["rows"]:
        if row["target"] is None:
            assert row["met"] is None
            continue
        reached = row["ratio"] >= row["target"]
        if row["comparison"] == "at most":
            reached = row["ratio"] <= row["target"]
        assert row["met"] is reached or row["ratio"] == pytest.approx(row["target"], abs=0.001)


def test_every_row_names_both_sides(measured):
    _, document = measured
    for row in document["rows"]:
        assert row.keys() == {
            "name", "unit", "ours", "raw", "ratio", "target", "comparison", "met",
        }  # fmt: skip
        assert row["ours"] >= 0
        assert row["raw"] is None or row["ours"] > 0 < row["raw"]


def test_every_line_of_the_promised_table_is_there(measured):
    _, document = measured
    names = " ".join(row["name"] for row in document["rows"])
    promised = (
        "first frame", "first 50 customers", "1 letters", "8 letters", "two words", "a phone",
        "key to painted list", "transposed", "customer page, all reads", "customer page, painted",
        "frame while scrolling", "order lines from SQL", "acknowledgement", "statement", "memory",
        "a letter in its process", "two processes against one", "composed, drawn, issued",
        "memory from statement", "pages of", "idle round", "delta of", "an edit saved",
        "segments against pages", "first segment usable", "without pause, requests",
        "without pause, p99", "each once in",
    )  # fmt: skip
    assert [name for name in promised if name not in names] == []


def test_the_printed_table_has_the_rows_of_the_document(measured):
    printed, document = measured
    lines = printed.splitlines()[1:]
    shown = [row["name"] for row, line in zip(document["rows"], lines, strict=True)
             if line.startswith(row["name"])]  # fmt: skip
    assert len(shown) == len(document["rows"]) >= len(AREAS)


def test_the_machine_is_described(measured):
    _, document = measured
    assert document["machine"].keys() >= {"processor", "cores", "python", "qt", "customers"}


def test_the_data_is_built_once(tmp_path, monkeypatch):
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    first = open_data(20)
    made = first.path.stat().st_mtime_ns
    assert open_data(20) == first
    assert first.path.stat().st_mtime_ns == made


def test_data_of_older_code_is_thrown_away(tmp_path, monkeypatch):
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    outdated = tmp_path / "20-0000000000"
    outdated.mkdir()
    open_data(20)
    assert not outdated.exists()
