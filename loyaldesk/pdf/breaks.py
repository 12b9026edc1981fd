"""Where may a line end inside a word: between Chinese or Japanese signs, never inside a letter?"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["JOINERS", "clusters_of", "units_of"]

# They join or part the letters beside them and have no shape.
JOINERS = frozenset("\u200c\u200d")
_VIRAMA = 9
_THAI_VOWELS_BEFORE = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44")

# Signs that are written without spaces: Han, kana, bopomofo and the forms as wide as these.
# Korean is not among them: it has words.
_SIGNS = (
    "\u2e80-\u312f\u3190-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe30-\ufe4f"
    "\uff01-\uff9f\uffe0-\uffe6\U00020000-\U0003ffff"
)
_SIGN = re.compile(f"[{_SIGNS}]")
_NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々〻ー～’”）］｝〉》」』】〕〗〙〟｠｡､｣･ﾞﾟ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    ",.:;!?)]}%…‥·\u00a0"
)
_NOT_LAST = frozenset("‘“（［｛〈《「『【〔〖〘〝｟｢([{$£¥€＄￥￡\u00a0")


def units_of(word: str) -> list[str]:
    """Return the pieces of a word without spaces between which a line may end."""
    if word.isascii() or _SIGN.search(word) is None:
        return [word]
    units: list[str] = []
    for cluster in clusters_of(word):
        if units and not _may_end(units[-1][-1], cluster[0]):
            units[-1] += cluster
        else:
            units.append(cluster)
    return units


def clusters_of(text: str) -> list[str]:
    """Return the pieces of a text that nothing may part: a letter, its marks, its joins."""
    found: list[str] = []
    for letter in text:
        if found and _clings(found[-1][-1], letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _may_end(before: str, after: str) -> bool:
    if before in _NOT_LAST or after in _NOT_FIRST:
        return False
    if before.isdecimal():  # a number keeps what it counts
        return False
    return bool(_SIGN.match(before) or _SIGN.match(after))


def _clings(before: str, letter: str) -> bool:
    return (
        unicodedata.category(letter)[0] == "M"
        or letter in JOINERS
        or before == "\u200d"
        or (unicodedata.combining(before) == _VIRAMA and letter.isalpha())
        or before in _THAI_VOWELS_BEFORE
    )
