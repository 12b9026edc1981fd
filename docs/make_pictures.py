"""Which pictures does the guide show? Draws them anew: `.venv/bin/python docs/make_pictures.py`.

Words after the command choose those whose name holds one of them.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

GUIDE = Path(__file__).parent / "guide"
PICTURES = GUIDE / "pictures"
# Enough for text and chips; with more the pictures of papers grow threefold.
COLOURS = 128


def shown_pictures() -> set[str]:
    """Return the file names of the pictures that pages of the guide show."""
    pages = "".join(page.read_text(encoding="utf-8") for page in GUIDE.glob("*.md"))
    return set(re.findall(r"\(pictures/([\w-]+\.png)\)", pages))


def reduce_picture(drawn: Path) -> None:
    """Put a drawn picture into the guide, with as few colours as it needs."""
    with Image.open(drawn) as picture:
        reduced = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        reduced.save(PICTURES / drawn.name, optimize=True)


def make_pictures(words: list[str]) -> list[str]:
    """Draw the pictures whose name holds one of the words, or all; return the names of them."""
    made = []
    for name in sorted(shown_pictures()):
        if words and not any(word in name for word in words):
            continue
        with tempfile.TemporaryDirectory() as folder:
            stem = name.removesuffix("-light.png")
            command = [sys.executable, "-m", "loyaldesk", "screenshots", folder, "--only", stem]
            ended = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - ours
            drawn = Path(folder) / name
            if ended.returncode == 0 and drawn.exists():
                reduce_picture(drawn)
                made.append(name)
    return made


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    found = make_pictures(sys.argv[1:])
    print("\n".join(found))  # noqa: T201 - the answer
    missing = sorted(name for name in shown_pictures() if not (PICTURES / name).exists())
    sys.exit(f"not drawn: {', '.join(missing)}" if missing else 0)
