"""Statements about how long product groups take."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from loyaldesk.models import OrderLine, Product, TimeFrame
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import ids_in, param

_DAYS = (
    TimeFrame.lead_days, TimeFrame.picking_days, TimeFrame.transit_days, TimeFrame.call_days,
)  # fmt: skip


@statement("time_frame.of_order")
def of_order() -> sa.Executable:
    """The different frames of the lines of one order that have not shipped whole."""
    group = sa.func.coalesce(Product.product_group, "")
    return (
        sa.select(*_DAYS)
        .distinct()
        .select_from(OrderLine)
        .outerjoin(Product, Product.id == OrderLine.product_id)
        .join(TimeFrame, TimeFrame.product_group == _own_or_others(group))
        .where(
            OrderLine.order_id == param("order_id"),
            OrderLine.shipped_milli < OrderLine.quantity_milli,
        )
    )


@statement("time_frame.of_products")
def of_products() -> sa.Executable:
    """The frame of each of some products."""
    return (
        sa.select(Product.id, *_DAYS)
        .join(TimeFrame, TimeFrame.product_group == _own_or_others(Product.product_group))
        .where(ids_in(Product.id))
    )


def _own_or_others(group: Any) -> sa.ColumnElement[str]:
    """Return the group if it has a frame of its own, or else the empty one."""
    own = TimeFrame.__table__.alias("own")
    found = sa.select(own.c.product_group).where(own.c.product_group == group).scalar_subquery()
    return sa.func.coalesce(found, "")
