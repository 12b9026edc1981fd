"""Are files and classes small, and does each say what it is for?"""

import ast
import sys

from tests.architecture.source import PACKAGE, classes, imported, modules, name, pyproject, tree

LONGEST_FILE = 400
MOST_METHODS = 20
OURS = ("loyaldesk", "tests", "benchmarks", "packaging")

# Names that Qt gives and that look like ours; the others stand in pyproject.toml for ruff.
QT_WORDS = set(
    """
    accept cleanup clear clone count data done event flags index paint parent pixmap polish reject
    sort unpolish validate
    """.split()
)


def defined(node: ast.ClassDef) -> list[ast.FunctionDef]:
    return [method for method in node.body if isinstance(method, ast.FunctionDef)]


def is_special(method: ast.FunctionDef) -> bool:
    return method.name.startswith("__") and method.name.endswith("__")


def test_no_file_is_longer_than_four_hundred_lines():
    lengths = {
        name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in modules(*OURS)
    }
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_class_has_more_than_twenty_methods():
    counts = {
        f"{name(file)}: {node.name}": sum(not is_special(method) for method in defined(node))
        for file in modules("loyaldesk", "packaging", "benchmarks")
        for node in classes(file)
    }
    assert {where: count for where, count in counts.items() if count > MOST_METHODS} == {}


def test_every_module_with_code_says_what_it_is_for():
    silent = [
        name(file)
        for file in modules(*OURS)
        if tree(file).body and not ast.get_docstring(tree(file))
    ]
    assert silent == []


def is_qt_name(method: str) -> bool:
    overrides = pyproject()["tool"]["ruff"]["lint"]["pep8-naming"]["ignore-names"]
    return method in QT_WORDS or method in overrides or method.endswith("Event")


def test_every_public_method_of_the_window_says_what_it_does():
    methods = [
        (f"{name(file)}:{method.lineno}: {node.name}.{method.name}", method)
        for file in modules("loyaldesk/ui")
        for node in classes(file)
        for method in defined(node)
        if not node.name.startswith("_")
        and not method.name.startswith("_")
        and not is_qt_name(method.name)
    ]
    # An override need not say again what the method it replaces says.
    said = {method.name for _, method in methods if ast.get_docstring(method)}
    assert [where for where, method in methods if method.name not in said] == []


def test_domain_and_errors_need_the_standard_library_only():
    ours = ("loyaldesk.domain.", "loyaldesk.errors.")
    strangers = [
        f"{name(file)}:{line}: {module}"
        for file in [*modules("loyaldesk/domain"), PACKAGE / "errors.py"]
        for line, module in imported(file)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith(ours)
    ]
    assert strangers == []
