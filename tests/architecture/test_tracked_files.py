"""Is what is under version control clean of one machine's paths, hosts and left-overs?"""

import re
from pathlib import Path

from tests.architecture.source import ROOT, name, tracked_files

# Home folders, this project's workplace, and settings that name a package host.
OF_ONE_MACHINE = re.compile(
    r"/work/(main|shared)|/root/|/home/\w+/\.|\.pyenv/|(index-url|find-links)\s*[= ]\s*\S*://"
)
# The font with every sign of Chinese, Japanese and Korean; all else is far below.
LARGEST = 5_200_000


def text_of(file: Path) -> str:
    return file.read_bytes().decode("utf-8", errors="ignore")


def test_no_file_names_a_machine_or_a_package_host():
    wrong = [
        f"{name(file)}: {found[0]}"
        for file in tracked_files()
        if file != Path(__file__) and (found := OF_ONE_MACHINE.search(text_of(file)))
    ]
    assert wrong == []


def test_the_program_reads_nothing_beside_its_checkout():
    code = [file for file in tracked_files() if name(file).startswith("loyaldesk/")]
    assert [name(file) for file in code if "../shared" in text_of(file)] == []


def test_no_file_is_unreasonably_large():
    assert [name(file) for file in tracked_files() if file.stat().st_size > LARGEST] == []


def test_nothing_that_is_made_again_is_kept():
    made = re.compile(r"(^|/)(__pycache__|\.venv|build|dist|[^/]*\.egg-info)/|\.(pyc|db|log)$")
    assert [name(file) for file in tracked_files() if made.search(name(file))] == []


def test_every_font_and_icon_stands_with_its_licence_and_source():
    for folder in {file.parent for file in (ROOT / "resources").rglob("*.[ts][tv][fg]")}:
        kept = {file.stem.upper() for file in folder.iterdir()}
        assert kept & {"OFL", "LICENSE", "LICENCE"}, f"{name(folder)} holds no licence"
        assert "SOURCE" in kept, f"{name(folder)} does not say where it is from"
