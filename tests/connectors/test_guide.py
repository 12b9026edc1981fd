"""Does the guide name everything a map may say, and are its examples true?"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from loyaldesk.connectors import map_file, shipped_maps
from loyaldesk.connectors.map_file import map_from_text
from loyaldesk.connectors.targets import TARGETS
from tests.support.importing import CUSTOMERS

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "import.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)


def test_guide_names_every_field_of_every_record():
    for name, target in TARGETS.items():
        line = re.search(rf"^- {name}: ((?:.+\n)+?)(?=- |\n)", GUIDE, re.MULTILINE)
        assert line is not None, name
        assert set(target.fields) <= set(re.findall(r"\w+", line[1])), name
        required = {field for field in target.fields if target.fields[field].required}
        assert set(re.findall(r"\*\*(\w+)\*\*", line[1])) == required, name


def test_guide_names_every_key_of_a_map():
    keys = {*map_file._TOP, *map_file._SECTION, *map_file._FIELD}  # noqa: SLF001 the one list
    written = set(re.findall(r"\w+", GUIDE))
    assert keys - written - {"fields"} == set()


def test_guide_names_every_shipped_map():
    assert set(shipped_maps()) <= set(re.findall(r"`([\w-]+)`", GUIDE))


def test_complete_example_of_the_guide_is_a_map():
    assert map_from_text(EXAMPLES[0]).source_system == "sage"


def test_examples_of_fields_are_rules():
    # Each under a field of a kind that takes it.
    for name, rule in tomllib.loads(EXAMPLES[1]).items():
        target = next(each for each in TARGETS if name in TARGETS[each].fields)
        assert isinstance(rule, dict), target
    line = EXAMPLES[1].splitlines()[0]
    assert "otherwise" in str(map_from_text(CUSTOMERS.replace('name = "Name"', line)).sections)
