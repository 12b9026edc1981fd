"""Which texts of letters a company may put in its own words, and what is wrong with such words."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["EDITABLE_TEXTS", "TextGroup", "fields_of", "text_problem", "with_own_words"]

TextGroup = tuple[str, tuple[str, ...]]

# By letter, in the order in which the letter says them.
EDITABLE_TEXTS: tuple[TextGroup, ...] = (
    (
        "acknowledgement",
        (
            "ack.accepted", "ack.differences_one", "ack.differences_many", "ack.receipt",
            "ack.on_hold", "ack.all_shipped", "ack.date_meaning", "ack.steps_note",
            "ack.checked", "ack.call_me", "ack.write_me", "ack.call_you",
        ),
    ),
    (
        "statement",
        (
            "statement.tone_none", "statement.tone_friendly", "statement.tone_firm",
            "statement.tone_final", "statement.clear", "statement.credit",
            "statement.how_to_pay_text", "statement.how_to_pay_code", "statement.query_text",
        ),
    ),
    (
        "reminder",
        (
            "reminder.friendly", "reminder.firm", "reminder.final", "reminder.check_call",
            "reminder.talk_call", "reminder.interest", "reminder.interest_law",
            "reminder.next_step", "reminder.crossed",
        ),
    ),
    ("all", ("dear_unknown", "close")),
    (
        "mail",
        (
            "mail.acknowledgement_subject", "mail.acknowledgement", "mail.statement_subject",
            "mail.statement", "mail.reminder_subject", "mail.reminder", "mail.document_subject",
            "mail.document", "mail.questions_by_phone", "mail.questions",
        ),
    ),
)  # fmt: skip
LONGEST = 600
_BOLD = "**"


def fields_of(text: str) -> tuple[str, ...]:
    """Return the names between braces in the order of the text; broken braces are a ValueError."""
    names = []
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise ValueError(name)
        names.append(name)
    return tuple(names)


def text_problem(own: str, ours: str) -> str:
    """Return a sentence about what keeps own words from standing in place of ours, or nothing.

    They may use the fields that ours use, in braces, and two stars around what is bold.
    """
    known = dict.fromkeys(fields_of(ours))
    try:
        used = fields_of(own)
    except ValueError:
        return "A brace { or } is left open or holds no field."
    strange = [name for name in used if name not in known]
    if strange:
        offered = ", ".join(f"{{{name}}}" for name in known) or "none"
        return f"There is no field {{{strange[0]}}} in this text; it has {offered}."
    if not own.strip():
        return "The text is empty."
    if len(own) > LONGEST:
        return f"The text is longer than {LONGEST} characters."
    return "Two stars ** are opened and not closed." if own.count(_BOLD) % 2 else ""


def with_own_words(texts: dict[str, str], own: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return texts with the company's words in place of ours, by name.

    A field of theirs that nothing would fill is refused: no letter and no mail ever shows one.
    """
    for key, text in own:
        if problem := text_problem(text, texts.get(key, "")):
            raise Refused(
                f"The company's text “{text[:60]}” cannot be printed. {problem} Nothing was "
                "made; correct it under Settings, Letter texts."
            )
    return texts | dict(own)
