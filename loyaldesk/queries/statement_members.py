"""Whose items stand on a customer's statement beside its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.queries.statement_candidates import MOST_LEVELS

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["Member", "list_members"]

# Read from the customer down, as far as each member is told on the statement of the one above.
_SQL = """WITH RECURSIVE below(id, level) AS (
  SELECT id, 1 FROM customer WHERE parent_id = :customer_id AND statement_scope = 'parent'
  UNION ALL
  SELECT customer.id, level + 1 FROM below JOIN customer ON customer.parent_id = below.id
  WHERE customer.statement_scope = 'parent' AND level < :levels)
SELECT DISTINCT customer.id, customer.number, customer.name, customer.number_key
FROM below JOIN customer ON customer.id = below.id
WHERE customer.id <> :customer_id ORDER BY length(customer.number_key), customer.number_key"""


class Member(NamedTuple):
    """A customer whose open items stand on another's statement."""

    id: int
    number: str
    name: str


def list_members(source: Source, *, customer_id: int) -> list[Member]:
    """Return the members whose items stand on this customer's statement, by number."""
    found = source.rows(_SQL, {"customer_id": customer_id, "levels": MOST_LEVELS})
    return [Member(*row[:3]) for row in found]
