"""Is the list of third-party licences current, and is every licence one we may ship?"""

import re
from importlib import metadata

import pytest

import licences
from licences import LIST, Package, is_allowed, licence_of

PINS = re.findall(r"^([\w.-]+)==([^\s;]+)", licences.LOCK.read_text(encoding="utf-8"), re.MULTILINE)


def listed() -> list[Package]:
    text = LIST.read_text(encoding="utf-8").split("=" * 80)[0]
    lines = re.findall(r"^([\w.-]+) (\S+) \| (.+)$", text, re.MULTILINE)
    return [Package(*line) for line in lines]


def installed(name: str) -> bool:
    return bool(list(metadata.distributions(name=name)))


def test_list_names_exactly_the_locked_packages():
    assert [(package.name, package.version) for package in listed()] == PINS


def test_every_listed_licence_is_allowed():
    assert [package.line for package in listed() if not is_allowed(package)] == []


def test_list_says_what_the_installed_packages_say():
    here = [package for package in listed() if installed(package.name)]
    assert {package.name: package.licence for package in here} == {
        package.name: licence_of(package.name) for package in here
    }


def test_each_package_has_its_section():
    text = LIST.read_text(encoding="utf-8")
    assert text.count("=" * 80 + "\n") >= len(listed())


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only"])
def test_strong_copyleft_is_refused(licence):
    assert not is_allowed(Package("some-package", "1.0", licence))


def test_one_allowed_choice_is_enough():
    assert is_allowed(Package("some-package", "1.0", "GPL-2.0-only OR MIT"))


def test_lgpl_is_allowed_for_named_replaceable_libraries_only():
    assert is_allowed(Package("shiboken6", "6.11.3", "LGPL-3.0-only"))
    assert not is_allowed(Package("some-package", "1.0", "LGPL-3.0-only"))


@pytest.mark.parametrize("name", ["LGPL-3.0.txt", "GPL-3.0.txt", "SQLCipher.txt", "HarfBuzz.txt"])
def test_texts_that_no_wheel_brings_stand_beside_the_list(name):
    assert (LIST.parent / name).stat().st_size > 1_000
