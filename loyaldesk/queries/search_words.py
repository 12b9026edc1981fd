"""How words are asked of the full-text index, as names and as what surrounds them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyaldesk.queries.book import rows
from loyaldesk.queries.search_hits import WORD_KINDS, HitKind
from loyaldesk.queries.search_places import NOTHING, Questions
from loyaldesk.store.search_entries import AROUND, EMAIL, LONGEST_INDEXED_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from loyaldesk.queries.search_hits import Sought
    from loyaldesk.store.reader import Source

__all__ = ["endings_of", "questions_to_find", "questions_to_forgive"]

# A shorter word is the beginning of too much: every “c” would find every e-mail at a .com.
SHORTEST_AROUND = 3
MOST_ENDINGS = 32


def endings_of(source: Source, sought: Sought) -> dict[str, list[str]]:
    """Return, for words as long as the index keeps beginnings of, the words in use they begin.

    Asking for a few whole words stops at a screenful; asking for a long beginning would collect
    all records first.
    """
    long = [
        word
        for group in sought
        for word in group
        if len(word) >= LONGEST_INDEXED_PREFIX and word.isalpha()
    ]
    if not long:
        return {}
    most = MOST_ENDINGS * len(long)
    found = rows(source, "search.words", keys=json.dumps(long), limit=most)
    endings: dict[str, list[str]] = {}
    for beginning, word in found:
        endings.setdefault(beginning, []).append(word)
    return endings if len(found) < most else {}


def questions_to_find(
    sought: Sought, endings: Mapping[str, Sequence[str]], *, is_email: bool
) -> dict[HitKind, Questions]:
    """Return what to ask each kind for words given in all their spellings.

    What looks like an e-mail is sought among e-mails first, anything else among names.
    """
    marks = [EMAIL] if is_email else [""]
    whole = _all_of([[_exact(word, marks) for word in group] for group in sought])
    names = _all_of([[_begun(word, marks, endings) for word in group] for group in sought])
    return {
        kind: Questions(
            whole,
            names,
            _around(kind, sought, endings, is_email=is_email),
            repeats_names=len(sought) > 1,
        )
        for kind in WORD_KINDS
    }


def questions_to_forgive(likely: Sought, possible: Sought) -> dict[HitKind, Questions]:
    """Return what to ask for what was likely meant, and then for what possibly was.

    Meanings longer than the index keeps beginnings of are whole words.
    """
    longer = (w for group in possible for w in group if len(w) > LONGEST_INDEXED_PREFIX)
    endings = {word: [word] for word in longer}
    whole = _all_of([[_begun(word, [""], endings) for word in group] for group in likely])
    names = _all_of([[_begun(word, [""], endings) for word in group] for group in possible])
    return {
        kind: Questions(
            whole,
            names,
            _around(kind, possible, endings, is_email=False),
            repeats_names=len(possible) > 1,
        )
        for kind in WORD_KINDS
    }


def _around(
    kind: HitKind, sought: Sought, endings: Mapping[str, Sequence[str]], *, is_email: bool
) -> str:
    """Return what finds the words in town, company, role or e-mail, or nothing to ask.

    Unless an e-mail is typed, its words count only when complete.
    """
    if kind is HitKind.DOCUMENT and len(sought) == 1:
        return NOTHING
    if len(sought) == 1 and not is_email:
        return " OR ".join(_around_one(kind, word, endings) for word in sought[0])
    own = [" OR ".join(_begun(word, [""], endings) for word in group) for group in sought]
    beside = [_beside(kind, group, endings, is_email=is_email) for group in sought]
    found = " AND ".join(f"({pair[0]} OR {pair[1]})" for pair in zip(own, beside, strict=True))
    if is_email or kind is HitKind.CUSTOMER:
        return found
    # All people and papers of a company would drown the company: one word must be their own.
    if len(sought) == 2:
        return f"(({own[0]}) AND ({beside[1]})) OR (({own[1]}) AND ({beside[0]}))"
    return f"{found} AND ({' OR '.join(own)})"


def _beside(
    kind: HitKind, group: tuple[str, ...], endings: Mapping[str, Sequence[str]], *, is_email: bool
) -> str:
    """Return what finds one word, in all its spellings, in town, company, role or e-mail."""
    marks = [AROUND, EMAIL] if is_email else [AROUND]
    asked = [_begun(word, marks, endings) for word in group]
    # Papers have no e-mail.
    if not is_email and kind is not HitKind.DOCUMENT:
        asked += [_exact(word, [EMAIL]) for word in group]
    return " OR ".join(asked)


def _around_one(kind: HitKind, word: str, endings: Mapping[str, Sequence[str]]) -> str:
    email = _exact(word, [EMAIL])
    if kind is HitKind.CUSTOMER and len(word) >= SHORTEST_AROUND:
        return f"{_begun(word, [AROUND], endings)} OR {email}"
    return email


def _all_of(groups: Iterable[Iterable[str]]) -> str:
    return " AND ".join(f"({' OR '.join(group)})" for group in groups)


def _exact(word: str, marks: Iterable[str]) -> str:
    return " OR ".join(f'"{mark}{word}"' for mark in marks)


def _begun(word: str, marks: Iterable[str], endings: Mapping[str, Sequence[str]]) -> str:
    asked = []
    for mark in marks:
        # A mark counts as a letter of the beginning.
        if len(mark + word) > LONGEST_INDEXED_PREFIX and word in endings:
            asked += [f'"{mark}{ending}"' for ending in endings[word]]
        else:
            asked.append(f'"{mark}{word}"*')
    return " OR ".join(asked)
