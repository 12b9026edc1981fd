"""What does a finished page paint, in which font, and which mark stands around it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ARTIFACT", "PAINTING", "Painted", "entry", "painted"]

ARTIFACT = "Artifact"
_TEXT = frozenset({"Tj", "TJ", "'", '"'})
PAINTING = _TEXT | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}


@dataclass(frozen=True, slots=True)
class Painted:
    """One thing painted: its operator, the marks around it, and for text its font and its codes.

    A mark is the number of one that the structure tree knows, `Artifact`, or another one's name.
    """

    operator: str
    marks: tuple[int | str, ...]
    font: Any = None
    codes: bytes = b""


def entry(thing: Any, *path: str) -> Any:
    """Return what stands in a dictionary, or in dictionaries inside it, an empty one if nothing."""
    for key in path:
        if key not in thing:
            return {}
        thing = thing[key]
    return thing


def painted(page: pikepdf.Object) -> Iterator[Painted]:
    """Yield what a page paints, with what its forms paint in the place of each form."""
    return _Walk().through(page, page.get("/Resources", {}))


class _Walk:
    """Goes through the operators of a page; forms inherit the marks around them."""

    def __init__(self) -> None:
        self._marks: list[int | str] = []
        self._font: Any = None

    def through(self, stream: Any, resources: Any) -> Iterator[Painted]:
        """Yield what a page or a form paints."""
        for step in pikepdf.parse_content_stream(stream):
            operands, name = step.operands, str(step.operator)
            if name in {"BDC", "BMC"}:
                self._marks.append(_mark(operands))
            elif name == "EMC":
                self._marks.pop()
            elif name == "Tf":
                self._font = resources["/Font"][operands[0]]
            elif name == "Do":
                yield from self._placed(resources["/XObject"][operands[0]])
            elif name in PAINTING:
                codes = _codes(operands) if name in _TEXT else b""
                font = self._font if name in _TEXT else None
                yield Painted(name, tuple(self._marks), font, codes)

    def _placed(self, thing: Any) -> Iterator[Painted]:
        if thing.get("/Subtype") == "/Form":
            yield from self.through(thing, thing.get("/Resources", {}))
        else:
            yield Painted("Do", tuple(self._marks))


def _mark(operands: Any) -> int | str:
    properties = operands[1] if len(operands) > 1 else {}
    if "/MCID" in properties:
        return int(properties["/MCID"])
    return str(operands[0]).removeprefix("/")


def _codes(operands: Any) -> bytes:
    shown = operands[-1]
    parts = [shown] if isinstance(shown, pikepdf.String) else list(shown)
    return b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
