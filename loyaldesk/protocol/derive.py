"""Which fields of a row follow from others, and what are they once two edits were merged?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.order_totals import order_totals

if TYPE_CHECKING:
    from loyaldesk.protocol.kinds import Kind, Row

__all__ = ["derive"]


def derive(kind: Kind, row: Row) -> Row:
    """Return the row with its derived fields worked out from the others, where they can be.

    A customer's town and country follow from its addresses, which are rows of their own: the desk
    that changes an address changes them too.
    """
    if kind.name != "sales_order":
        return row
    lines = row.get("lines") or []
    totals = order_totals(
        [(line["net_minor"], line["tax_ppm"]) for line in lines],
        freight_minor=row["freight_minor"],
        freight_tax_ppm=row["freight_tax_ppm"],
    )
    promised = max((day for line in lines if (day := line.get("promised_on"))), default=None)
    return row | {
        "net_minor": totals.net_minor,
        "tax_minor": totals.tax_minor,
        "total_minor": totals.total_minor,
        "promised_on": promised,
    }
