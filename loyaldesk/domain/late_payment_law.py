"""Which law a reminder may name: the one at home, between businesses, in its own language."""

from __future__ import annotations

from dataclasses import dataclass

from loyaldesk.domain.money import Money

__all__ = ["LatePaymentLaw", "law_between"]


@dataclass(frozen=True, slots=True)
class LatePaymentLaw:
    """Where interest on arrears and the flat sum stand; `fee` is the law of exactly `flat`."""

    interest: str
    fee: str = ""
    flat: Money | None = None

    def fee_for(self, amount: Money) -> str:
        """Return the law that a fee rests on, nothing if it is not the flat sum of the law."""
        return self.fee if amount == self.flat else ""


_FORTY = Money(40_00, "EUR")
_LAWS = {
    ("DE", "de"): LatePaymentLaw(
        "§\u00a0288 Abs.\u00a02 BGB", "§\u00a0288 Abs.\u00a05 BGB", _FORTY
    ),
    ("AT", "de"): LatePaymentLaw("§\u00a0456 UGB", "§\u00a0458 UGB", _FORTY),
    ("FR", "fr"): LatePaymentLaw(
        "art.\u00a0L.\u00a0441-10 du Code de commerce",
        "art.\u00a0D.\u00a0441-5 du Code de commerce",
        _FORTY,
    ),
    ("ES", "es"): LatePaymentLaw("Ley\u00a03/2004", "Ley\u00a03/2004, art.\u00a08", _FORTY),
    ("GB", "en"): LatePaymentLaw("Late Payment of Commercial Debts (Interest) Act 1998"),
}


def law_between(
    *, home: str, abroad: str, language: str, is_business: bool
) -> LatePaymentLaw | None:
    """Return the law that both sides are under, or None abroad, to consumers, in other languages.

    Countries are codes such as DE; an empty one is at home.
    """
    if not is_business or (abroad or home) != home:
        return None
    return _LAWS.get((home, language))
