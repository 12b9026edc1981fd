"""Whom a statement run is about: the chosen, their groups, what each owed on the day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.statement_run import Candidate, Who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyaldesk.domain.statement_run import Selection
    from loyaldesk.store.reader import Row, Source

__all__ = ["CANDIDATES", "MOST_LEVELS", "list_candidates"]

MOST_LEVELS = 20
# A group stands together: whoever is chosen brings along the customer on whose statement its items
# stand, and everybody else whose items stand there.
_CHOSEN = """
chosen(id) AS (
  SELECT id FROM customer
  WHERE (:segment = '' OR segment = :segment) AND (:territory = '' OR territory = :territory)
    AND (:manager = '' OR account_manager = :manager)
    AND (:numbers = '[]' OR number IN (SELECT value FROM json_each(:numbers)))),
climb(id, root, level) AS (
  SELECT id, parent_id, 1 FROM customer
  WHERE parent_id IS NOT NULL AND statement_scope = 'parent'
  UNION ALL
  SELECT climb.id, above.parent_id, level + 1
  FROM climb JOIN customer above ON above.id = climb.root
  WHERE above.parent_id IS NOT NULL AND above.statement_scope = 'parent' AND level < :levels),
belongs(id, root) AS (SELECT id, root FROM (SELECT id, root, max(level) FROM climb GROUP BY id)),
wanted(root) AS (
  SELECT DISTINCT coalesce(belongs.root, chosen.id)
  FROM chosen LEFT JOIN belongs ON belongs.id = chosen.id),
involved(id, root) AS MATERIALIZED (
  SELECT root, root FROM wanted
  UNION SELECT id, root FROM belongs WHERE root IN (SELECT root FROM wanted))"""
# Everybody stands once in `told`, gathered rather than joined: SQLite takes what it has no counts
# of for small, and would read all balances for each customer.
_BALANCES = """
entry(customer_id, currency, minor) AS (
  SELECT customer_id, currency, CASE kind WHEN 'invoice' THEN total_minor ELSE -total_minor END
  FROM invoice WHERE invoiced_on <= :as_of AND customer_id IN (SELECT id FROM involved)
  UNION ALL
  SELECT customer_id, currency, -amount_minor
  FROM payment WHERE received_on <= :as_of AND customer_id IN (SELECT id FROM involved)),
balance(id, root, currency, minor) AS MATERIALIZED (
  SELECT customer_id, root, currency, sum(minor) FROM entry JOIN involved ON id = customer_id
  GROUP BY customer_id, root, currency),
told(id, root, own, whole) AS MATERIALIZED (
  SELECT id, max(root), max(own), max(whole) FROM (
    SELECT id, root, NULL AS own, NULL AS whole FROM involved
    UNION ALL
    SELECT id, NULL, json_group_object(currency, minor), NULL
    FROM balance WHERE minor <> 0 GROUP BY id
    UNION ALL
    SELECT root, NULL, NULL, json_group_object(currency, minor)
    FROM (SELECT root, currency, sum(minor) AS minor FROM balance GROUP BY root, currency)
    WHERE minor <> 0 GROUP BY root)
  GROUP BY id)"""
# An allocation counts from the day it was made, but never before both of its papers were there.
_OPEN = """
moved(customer_id, is_payment, id, minor) AS (
  SELECT customer_id, 0, id, total_minor
  FROM invoice WHERE invoiced_on <= :as_of AND customer_id IN (SELECT id FROM involved)
  UNION ALL
  SELECT customer_id, 1, id, amount_minor
  FROM payment WHERE received_on <= :as_of AND customer_id IN (SELECT id FROM involved)
  UNION ALL
  SELECT customer_id, 0, invoice_id, -amount_minor FROM counted
  UNION ALL
  SELECT customer_id, payment_id IS NOT NULL, coalesce(payment_id, credit_note_id), -amount_minor
  FROM counted),
counted(customer_id, invoice_id, payment_id, credit_note_id, amount_minor) AS (
  SELECT a.customer_id, a.invoice_id, a.payment_id, a.credit_note_id, a.amount_minor
  FROM allocation a JOIN invoice target ON target.id = a.invoice_id
  LEFT JOIN payment money ON money.id = a.payment_id
  LEFT JOIN invoice note ON note.id = a.credit_note_id
  WHERE a.applied_on <= :as_of AND a.customer_id IN (SELECT id FROM involved)
    AND target.invoiced_on <= :as_of AND coalesce(money.received_on, note.invoiced_on) <= :as_of),
open_root(id) AS MATERIALIZED (
  SELECT DISTINCT root FROM involved JOIN (
    SELECT customer_id FROM moved GROUP BY customer_id, is_payment, id HAVING sum(minor) <> 0)
  ON customer_id = involved.id)"""
_TOLD = """
SELECT customer.id, customer.number, customer.name, customer.currency, customer.wants_statements,
  trim(address.extra || address.street || address.postcode || address.town) <> '',
  CASE WHEN root.id <> customer.id THEN root.id END,
  CASE WHEN root.id <> customer.id THEN root.number || ' ' || root.name ELSE '' END,
  told.own, told.whole
FROM told JOIN customer ON customer.id = told.id
JOIN customer root ON root.id = told.root
LEFT JOIN address ON address.id = (
  SELECT place.id FROM address place WHERE place.customer_id = customer.id
  ORDER BY place.use = 'billing' DESC, place.is_default DESC, place.id LIMIT 1)
WHERE :who = 'all' OR told.root IN (SELECT id FROM open_root)
ORDER BY CASE :sort WHEN 'name' THEN customer.name_key WHEN 'postcode' THEN address.postcode END,
  length(customer.number_key), customer.number_key, customer.id"""
CANDIDATES = "WITH RECURSIVE" + ",".join((_CHOSEN, _BALANCES, _OPEN)) + _TOLD


def list_candidates(source: Source, *, selection: Selection) -> Iterator[Candidate]:
    """Yield whom the run is about in the order of the letters, with balances of the day.

    One statement for all of them, however many: no ledger is read by itself.
    """
    asked: dict[str, Any] = {
        "as_of": selection.as_of,
        "who": Who.ALL if selection.customers else selection.who,
        "segment": selection.segment,
        "territory": selection.territory,
        "manager": selection.account_manager,
        "numbers": json.dumps(selection.customers),
        "sort": selection.sort,
        "levels": MOST_LEVELS,
    }
    for chunk in source.chunks(CANDIDATES, asked):
        yield from map(_candidate, chunk)


def _candidate(found: Row) -> Candidate:
    key, number, name, currency, wants, has_address, parent_id, parent, own, whole = found
    return Candidate(
        id=key,
        number=number,
        name=name,
        currency=currency,
        wants_statements=bool(wants),
        has_address=bool(has_address),
        parent_id=parent_id,
        parent=parent,
        own=json.loads(own or "{}"),
        whole=json.loads(whole or "{}"),
    )
