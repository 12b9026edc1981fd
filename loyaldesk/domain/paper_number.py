"""How is a number of our own written on a paper?"""

__all__ = ["paper_number"]


def paper_number(series: str, year: int, number: int, *, desk_code: str = "") -> str:
    """Return the number of a series, such as “A-2026-00421”.

    A desk that shares its records has a code, such as “B7”, and counts for itself: what it prints
    is final, and no other desk ever gives the same number.
    """
    return "-".join(part for part in (series, str(year), desk_code, f"{number:05d}") if part)
