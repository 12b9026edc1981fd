"""Do README, CHANGELOG, glossary and guide say what is true?"""

import re
from pathlib import Path

import pytest

import commands
from loyaldesk import __version__
from tests.architecture.source import ROOT, name, pyproject, tracked_files

README = (ROOT / "README.md").read_text(encoding="utf-8")


def read(path: str) -> str:
    """Return a document's text, or fail and name it when it is missing."""
    file = ROOT / path
    assert file.exists(), f"{path} is missing"
    return file.read_text(encoding="utf-8")


def cli_rows() -> list[str]:
    return re.findall(r"^\| `loyaldesk ([a-z][^`]*)` \|", README, re.MULTILINE)


def targets(document: Path) -> list[str]:
    """Return the relative link targets of a Markdown document, without their anchors."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)\s]+)(?: \"[^\"]*\")?\)", text)
    return [link.split("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]


def test_relative_links_of_all_documents_resolve():
    broken = [
        f"{name(document)}: {target}"
        for document in tracked_files()
        if document.suffix == ".md"
        for target in targets(document)
        if not (document.parent / target).exists()
    ]
    assert broken == []


def test_version_is_the_same_everywhere():
    newest = re.search(r"^## \[?(\d[^\]\s]*)", read("CHANGELOG.md"), re.MULTILINE)
    assert newest, "CHANGELOG.md names no version"
    assert {newest[1], pyproject()["project"]["version"]} == {__version__}


def test_changelog_begins_with_what_is_unreleased():
    headings = re.findall(r"^## \[?(\w[^\]\s]*)", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"


def test_glossary_names_every_table():
    from loyaldesk.models.base import Base

    glossary = read("docs/glossary.md").lower().replace("_", " ")
    assert [
        table for table in Base.metadata.tables if table.replace("_", " ") not in glossary
    ] == []


@pytest.mark.parametrize("row", cli_rows())
def test_command_of_the_readme_exists_with_its_options(row, capsys):
    from loyaldesk.cli.main import build_parser

    verbs = re.match(r"[a-z]+(?:-[a-z]+)?(?: [a-z]+)*(?= |$|,)", row)
    assert verbs
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args([*verbs[0].split(), "--help"])
    help_text = capsys.readouterr().out
    assert ended.value.code == 0
    assert [option for option in re.findall(r"--[a-z-]+", row) if option not in help_text] == []


def test_readme_names_every_word_of_start_and_no_other():
    words = set(re.findall(r"packaging[/\\]start\.py ([a-z]+)", README))
    assert words == set(commands.COMMANDS)


def test_readme_begins_with_the_two_commands():
    first_screen = "\n".join(README.splitlines()[:30])
    assert re.search(r"^    python3 packaging/start\.py demo$", first_screen, re.MULTILINE)
    assert re.search(r"^    python3 packaging/start\.py test$", first_screen, re.MULTILINE)


def test_files_that_the_readme_calls_exist():
    files = re.findall(r"(?:python3?|bash) ([\w./-]+\.(?:py|sh))", README)
    assert [file for file in files if not (ROOT / file).exists()] == []
