"""Which entries make a statement of a past day differ from the one printed first for that day?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from loyaldesk.domain.statement_letter import BackDated
from loyaldesk.queries.book import json_ids

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loyaldesk.store.reader import Source

__all__ = ["find_backdated"]

_FIRST = (
    "SELECT letter.issued_at, letter.data_sha256, (SELECT max(id) FROM change"
    " WHERE table_name = 'letter' AND row_id = letter.id AND kind = 'I')"
    " FROM letter WHERE customer_id = ? AND kind = 'statement' AND as_of = ?"
    " ORDER BY issued_at, id LIMIT 1"
)
# An allocation recorded with its payment is one entry with it.
_LATER = """
SELECT (SELECT count(*) FROM invoice WHERE customer_id IN (SELECT value FROM json_each(:ids))
    AND invoiced_on <= :as_of AND recorded_at > :printed)
  + (SELECT count(*) FROM payment WHERE customer_id IN (SELECT value FROM json_each(:ids))
    AND received_on <= :as_of AND recorded_at > :printed)
  + (SELECT count(*) FROM allocation a JOIN invoice target ON target.id = a.invoice_id
    LEFT JOIN payment money ON money.id = a.payment_id
    LEFT JOIN invoice note ON note.id = a.credit_note_id
    WHERE a.customer_id IN (SELECT value FROM json_each(:ids))
    AND a.applied_on <= :as_of AND a.recorded_at > :printed
    AND target.invoiced_on <= :as_of AND target.recorded_at <= :printed
    AND coalesce(money.received_on, note.invoiced_on) <= :as_of
    AND coalesce(money.recorded_at, note.recorded_at) <= :printed)"""
_CHANGED = """
SELECT count(*) FROM (
  SELECT DISTINCT table_name, row_id FROM change
  WHERE table_name = 'invoice' AND kind = 'U' AND id > :change
    AND row_id IN (SELECT id FROM invoice WHERE recorded_at <= :printed
      AND customer_id IN (SELECT value FROM json_each(:ids)))
    AND (json_extract(fields, '$.invoiced_on', '$.due_on', '$.terms_days', '$.total_minor',
        '$.number', '$.customer_po') <> '[null,null,null,null,null,null]'
      OR json_extract(fields, '$.disputed_on[0]') <= :as_of
      OR json_extract(fields, '$.disputed_on[1]') <= :as_of)
  UNION
  SELECT DISTINCT table_name, row_id FROM change
  WHERE table_name = 'payment' AND kind = 'U' AND id > :change
    AND row_id IN (SELECT id FROM payment WHERE recorded_at <= :printed
      AND customer_id IN (SELECT value FROM json_each(:ids)))
    AND json_extract(fields, '$.received_on', '$.amount_minor', '$.number', '$.reference')
      <> '[null,null,null,null]'
  UNION
  SELECT DISTINCT table_name, row_id FROM change
  WHERE id > :change AND kind = 'D' AND +table_name IN ('invoice', 'payment', 'allocation')
    AND json_extract(fields, '$.customer_id[0]') IN (SELECT value FROM json_each(:ids))
    AND json_extract(fields, '$.recorded_at[0]') <= :printed
    AND coalesce(json_extract(fields, '$.invoiced_on[0]'), json_extract(fields,
      '$.received_on[0]'), json_extract(fields, '$.applied_on[0]')) <= :as_of)"""


def find_backdated(
    source: Source, *, customer_ids: Sequence[int], as_of: date, data_sha256: bytes
) -> BackDated | None:
    """Return when a statement of this day was first printed, and how many entries differ since.

    The first of the ids is the customer's. None if there was none, or it says the same.
    """
    found = source.row(_FIRST, [customer_ids[0], as_of])
    if found is None or found[1] == data_sha256:
        return None
    printed, _, change = found
    asked = {"ids": json_ids(customer_ids), "as_of": as_of, "printed": printed}
    count = source.value(_LATER, asked)
    count += source.value(_CHANGED, {**asked, "change": change or 0})
    if not count:
        return None
    return BackDated(datetime.fromisoformat(printed).astimezone().date(), count)
