"""How a field's rule becomes one function from cells to a value, made once and run on columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.values import BadValueError, NumberStyle, as_text, converter

if TYPE_CHECKING:
    from loyaldesk.connectors.import_map import FieldRule
    from loyaldesk.connectors.targets import Shape

__all__ = ["CompiledField", "Memo", "compile_field"]

Read = Callable[..., Any]
_MEMO_ENTRIES = 20_000


class Memo(dict[Any, Any]):
    """A function's answers by its argument: columns repeat themselves, and a look-up is cheap."""

    def __init__(self, function: Read) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, value: Any) -> Any:
        answer = self._function(value)
        if len(self) < _MEMO_ENTRIES:
            self[value] = answer
        return answer


@dataclass(frozen=True, slots=True)
class CompiledField:
    """One field ready to run: the source columns it needs and the function over their cells."""

    name: str
    columns: tuple[str, ...]
    read: Read
    quick: Read

    def column(self, columns: Mapping[str, Sequence[Any]], count: int) -> Sequence[Any]:
        """Return the values of a whole chunk of `count` rows, given as columns by name."""
        if not self.columns:
            return list(repeat(self.quick(), count))
        return list(map(self.quick, *(columns[name] for name in self.columns)))


def compile_field(
    name: str,
    rule: FieldRule,
    *,
    required: bool,
    shape: Shape,
    style: NumberStyle,
) -> CompiledField:
    """Return the field's function; a wrong constant is refused at once as a BadValueError."""
    columns, text = _text_function(rule)
    # Constants and defaults stand in the map, where the decimal mark is always a point.
    own = _converter(rule, NumberStyle(), shape.choices)
    convert = _converter(rule, style, shape.choices) if columns else own
    empty = BadValueError if required else shape.empty
    if default := _default(rule):
        empty = own(default)

    def read(*cells: Any) -> Any:
        found = text(*cells)
        if found is None or found == "":
            if empty is BadValueError:
                raise BadValueError("is empty, and this field must not be")
            return empty
        return convert(found)

    if not columns:
        constant: Any = read()
        return CompiledField(name, (), lambda: constant, lambda: constant)
    quick = Memo(read).__getitem__ if len(columns) == 1 else read
    return CompiledField(name, columns, read, quick)


def _converter(rule: FieldRule, style: NumberStyle, choices: Sequence[str]) -> Read:
    return converter(
        rule.kind, style=style, formats=rule.formats, places=rule.round, choices=choices
    )


def _default(rule: FieldRule) -> str:
    if rule.default is None and rule.otherwise is not None:
        return _default(rule.otherwise)
    return rule.default or ""


def _text_function(rule: FieldRule) -> tuple[tuple[str, ...], Read]:
    """Return the columns a rule reads and the function that makes one cell of theirs."""
    own = _own_text(rule)
    if rule.otherwise is None:
        return rule.columns, own
    width = len(rule.columns)
    further_columns, further = _text_function(rule.otherwise)

    def either(*cells: Any) -> Any:
        found = own(*cells[:width])
        return further(*cells[width:]) if found is None or found == "" else found

    return (*rule.columns, *further_columns), either


def _own_text(rule: FieldRule) -> Read:
    if rule.value is not None:
        constant = rule.value
        return lambda: constant
    steps = _steps(rule)
    if len(rule.columns) > 1:
        join = rule.join

        def joined(*cells: Any) -> Any:
            return steps(join.join(filter(None, map(as_text, cells))))

        return joined
    if steps is _as_it_is:
        return _stripped
    return lambda cell: steps(as_text(cell))


def _stripped(cell: Any) -> Any:
    return cell.strip() if type(cell) is str else cell


def _as_it_is(text: str) -> str:
    return text


def _steps(rule: FieldRule) -> Callable[[str], str]:
    if not (rule.split or rule.values or rule.prefix or rule.suffix):
        return _as_it_is
    part = _part(rule.split, rule.part) if rule.split else _as_it_is

    def stepped(text: str) -> str:
        text = part(text)
        text = rule.values.get(text, text)
        return f"{rule.prefix}{text}{rule.suffix}" if text else ""

    return stepped


def _part(separator: str, part: str) -> Callable[[str], str]:
    def before_or_after(text: str) -> str:
        from_start = part in {"first", "after_first"}
        head, mark, tail = text.partition(separator) if from_start else text.rpartition(separator)
        if part == "first":
            return head.strip()
        if part == "last":
            return tail.strip()
        return (tail if from_start else head).strip() if mark else ""

    return before_or_after
