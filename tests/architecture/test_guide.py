"""Does the guide say what the menus, the command line and the tables really have?"""

import argparse
import enum
import json
import re
import shlex
import shutil

import pytest

from tests.architecture.source import ROOT, tracked_files

DOCS = ROOT / "docs"
GUIDE = DOCS / "guide"
COMMAND_LINE = (GUIDE / "command-line.md").read_text(encoding="utf-8")
SAMPLES = re.findall(
    r"^    loyaldesk ([^\n]*--json[^\n]*)\n\n```json\n(.*?)```",
    COMMAND_LINE,
    re.MULTILINE | re.DOTALL,
)
LARGEST_PICTURE = 200_000
ANYTHING = "…"


def menu_tables() -> str:
    """Return the key map as `keys.md` has it, made from the menus."""
    from loyaldesk.ui.shell.menus import MENUS

    lines: list[str] = []
    for title, commands in MENUS:
        lines += ["", f"### {_plain(title)}", "", "| command | key |", "|---|---|"]
        lines += [f"| {_plain(c.title)} | {_key(c)} |" for c in commands if c]
    return "\n".join(lines).strip()


def _plain(title: str) -> str:
    return title.replace("&", "")


def _key(command) -> str:
    if command.in_list:
        return f"`{command.in_list}` in the list"
    return f"`{command.shortcut}`" if command.shortcut else ""


def options_of(parser):
    """Yield the long options of a parser and of every command below it."""
    for action in parser._actions:  # noqa: SLF001 - argparse tells them nowhere else
        yield from (option for option in action.option_strings if option.startswith("--"))
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            for below in action.choices.values():
                yield from options_of(below)


def shape(value, documented):
    """Return what the value is like, as deep as the guide documents it."""
    if documented == ANYTHING:
        return ANYTHING
    if isinstance(value, dict) and isinstance(documented, dict):
        return {name: shape(item, documented.get(name, ANYTHING)) for name, item in value.items()}
    if isinstance(value, list) and isinstance(documented, list) and value and documented:
        return [shape(value[0], documented[0])]
    return type(value).__name__


@pytest.fixture(scope="module")
def demo_profile(tmp_path_factory):
    """Return the profile of a demo company, and make its key the one of this process."""
    from loyaldesk.cli.main import run_command

    profile = tmp_path_factory.mktemp("guide") / "profile"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOYALDESK_KEY", "ab" * 32)
        patch.chdir(tmp_path_factory.mktemp("letters"))
        run_command(["--profile", str(profile), "demo", "create"])
        yield profile


def test_key_map_is_that_of_the_menus():
    text = (GUIDE / "keys.md").read_text(encoding="utf-8")
    kept = re.search(r"<!-- menus -->\n(.*?)\n<!-- end -->", text, re.DOTALL)
    assert kept
    assert kept[1] == menu_tables(), f"put this between the marks:\n{menu_tables()}"


def test_every_command_has_its_chapter():
    from loyaldesk.cli.main import COMMANDS

    chapters = " ".join(re.findall(r"^## (.*)", COMMAND_LINE, re.MULTILINE)).split()
    assert set(COMMANDS) - {"key"} <= set(chapters)
    assert "loyaldesk key new" in COMMAND_LINE


def test_every_option_is_explained():
    from loyaldesk.cli.main import build_parser

    explained = COMMAND_LINE + (GUIDE / "import.md").read_text(encoding="utf-8")
    found = set(options_of(build_parser()))
    assert len(found) > 10
    assert [option for option in sorted(found) if option not in explained] == []


def test_samples_of_the_command_line_were_found():
    assert len(SAMPLES) == COMMAND_LINE.count("```json") > 5


@pytest.mark.parametrize(("words", "document"), SAMPLES, ids=[words for words, _ in SAMPLES])
def test_sample_has_the_shape_that_the_command_prints(
    words, document, demo_profile, tmp_path, capsys
):
    from loyaldesk.cli.main import run_command

    # A profile for each sample, as its chapter finds it; that of a new company is empty.
    profile = tmp_path / "profile"
    if "demo create" not in words:
        shutil.copytree(demo_profile, profile)
    arguments = shlex.split(words.replace("--profile DIR ", ""))
    assert run_command(["--profile", str(profile), *arguments]) == 0
    documented = json.loads(document)
    assert shape(documented, documented) == shape(json.loads(capsys.readouterr().out), documented)


def test_glossary_names_every_member_of_every_enum():
    from loyaldesk import models

    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    named = [getattr(models, name) for name in models.__all__]
    kinds = [kind for kind in named if issubclass(kind, enum.Enum)]
    members = [member for kind in kinds for member in kind]
    assert members
    assert [str(member) for member in members if f"`{member.value}`" not in glossary] == []


@pytest.mark.parametrize("folder", [GUIDE, DOCS / "decisions"], ids=["guide", "decisions"])
def test_index_names_every_page(folder):
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = {page.name for page in folder.glob("*.md")} - {"README.md"}
    assert pages == set(re.findall(r"\]\(([\w-]+\.md)\)", index))


def test_files_that_documents_name_exist():
    named = [
        (page.name, word)
        for page in DOCS.rglob("*.md")
        for word in re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|json|sql))`", page.read_text("utf-8"))
    ]
    assert named
    places = (ROOT, ROOT / "loyaldesk")
    assert [name for name in named if not any((at / name[1]).exists() for at in places)] == []


def test_pictures_are_shown_and_small():
    shown = " ".join(page.read_text(encoding="utf-8") for page in GUIDE.glob("*.md"))
    pictures = [file for file in tracked_files() if file.parent == GUIDE / "pictures"]
    assert [file.name for file in pictures if f"pictures/{file.name}" not in shown] == []
    assert [file.name for file in pictures if file.stat().st_size > LARGEST_PICTURE] == []
