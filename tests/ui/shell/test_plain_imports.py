"""Are modules imported without anyone reading their sources?"""

import subprocess
import sys

import pytest

IMPORT = """
import builtins, linecache, sys
from PySide6 import QtCore
from loyaldesk.ui.shell.plain_imports import import_plainly
for _ in range({times}):
    import_plainly()
import loyaldesk.ui.widgets.buttons
print(any("loyaldesk" in name for name in linecache.cache))
"""


@pytest.mark.parametrize(("times", "read"), [(0, "True"), (1, "False"), (2, "False")])
def test_sources_are_read_only_until_the_hook_is_away(times, read):
    words = [sys.executable, "-c", IMPORT.format(times=times)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == read
