"""Does every icon that the window names lie in the folder?"""

import ast
from pathlib import Path

import loyaldesk.ui
from loyaldesk.resources import resource

ICON_ARGUMENTS = {"icon", "lead", "title_icon"}


def icons_named_in(source: str) -> set[str]:
    """Return the words that are passed as an icon, by keyword or to `theme.icon`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        passed = [word.value for word in node.keywords if word.arg in ICON_ARGUMENTS]
        if getattr(node.func, "attr", "") == "icon" and node.args:
            passed.append(node.args[0])
        if getattr(node.func, "id", "") == "IconButton" and len(node.args) > 1:
            passed.append(node.args[1])
        found |= {str(n.value) for n in passed if isinstance(n, ast.Constant) and n.value}
    return found


def test_every_icon_that_is_named_is_there():
    folder = resource("icons/lucide")
    missing = {
        f"{path.name}: {icon}"
        for root in loyaldesk.ui.__path__
        for path in Path(root).rglob("*.py")
        for icon in icons_named_in(path.read_text("utf-8"))
        if not (folder / f"{icon}.svg").exists()
    }
    assert missing == set()


def test_a_misspelt_icon_would_be_found():
    assert icons_named_in('theme.icon("fone"); Chip("x", icon="clok")') == {"fone", "clok"}
