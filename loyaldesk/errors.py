"""What can go wrong, in three meanings; anything else is a bug.

LoyalDeskError
├── Refused      the rule says no: the text is for the user, with the field if one is to blame
├── Unavailable  disk, keyring, printer, hub: nothing is lost and it can be tried again
├── Conflict     someone else changed it meanwhile
└── Cancelled    the user stopped it: silent
"""

__all__ = ["Cancelled", "Conflict", "LoyalDeskError", "Refused", "Unavailable"]


class LoyalDeskError(Exception):
    """The root of every error that LoyalDesk raises on purpose."""


class Refused(LoyalDeskError):
    """A rule says no; the message is a sentence for the user."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Unavailable(LoyalDeskError):
    """Something outside LoyalDesk did not answer; nothing is lost and it can be tried again."""


class Conflict(LoyalDeskError):
    """The record was changed by someone else since it was read."""


class Cancelled(LoyalDeskError):
    """The user stopped the work; what was done is tidied up and nothing is said."""
