"""Is Qt used where and as the design allows?"""

import ast
import re

from tests.architecture.source import calls, imported, modules, name, tree

ALLOWED = {"QtCore", "QtGui", "QtNetwork", "QtPrintSupport", "QtSvg", "QtWidgets"}
HEX_COLOUR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
COLOURS_LIVE_IN = {"loyaldesk/ui/widgets/tokens.py", "loyaldesk/ui/widgets/theme.py"}


def qt_modules(folder: str) -> list[tuple[str, str]]:
    """Return where each part of PySide6 is imported, and its name."""
    return [
        (f"{name(file)}:{line}", module.split(".")[1])
        for file in modules(folder)
        for line, module in imported(file)
        if module.startswith("PySide6.")
    ]


def named(word: str) -> list[str]:
    """Return where an attribute, name or import of the package is called `word`."""
    found = []
    for file in modules("loyaldesk"):
        for node in ast.walk(tree(file)):
            names = {getattr(node, key, None) for key in ("attr", "id", "name")}
            if word in names:
                found.append(f"{name(file)}:{getattr(node, 'lineno', 0)}")
    return found


def test_only_parts_of_qt_that_we_may_ship_are_imported():
    assert [found for found in qt_modules("loyaldesk") if found[1] not in ALLOWED] == []


def test_background_needs_no_window():
    assert [found for found in qt_modules("loyaldesk/background") if found[1] != "QtCore"] == []


def test_no_text_to_translate_is_put_together_by_an_f_string():
    wrong = [
        f"{name(file)}:{line}"
        for file in modules("loyaldesk")
        for line, function, call in calls(file)
        if function.split(".")[-1] in {"tr", "translate", "QT_TRANSLATE_NOOP"}
        and any(isinstance(argument, ast.JoinedStr) for argument in call.args)
    ]
    assert wrong == []


def test_only_one_module_opens_things_outside():
    assert len({where.split(":")[0] for where in named("openUrl")}) == 1


def test_no_style_sheet_is_set():
    assert named("setStyleSheet") == []


def test_no_table_is_sorted_in_the_window():
    assert named("QSortFilterProxyModel") == []


def test_no_column_measures_all_its_rows():
    assert named("ResizeToContents") == []


def test_colours_are_named_by_the_theme():
    wrong = [
        f"{name(file)}:{node.lineno}: {node.value}"
        for file in modules("loyaldesk/ui")
        if name(file) not in COLOURS_LIVE_IN
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HEX_COLOUR.fullmatch(node.value)
    ]
    assert wrong == []
