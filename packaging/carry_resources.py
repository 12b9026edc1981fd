"""How do the files of resources/ get into the built package?

A checkout keeps them at its top; an installed package carries them inside, where
loyaldesk/resources.py looks for them.
"""

import shutil
from pathlib import Path

from setuptools.command.build_py import build_py


class BuildWithResources(build_py):
    """Copy the modules, and resources/ beside them."""

    def run(self) -> None:
        """Build as setuptools does, then add the resources unless the checkout itself is used."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "loyaldesk" / "_resources"
            shutil.copytree("resources", target, dirs_exist_ok=True)
