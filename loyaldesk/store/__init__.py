"""The encrypted cache: one file, one write gate, readers, undo and the search index."""

from loyaldesk.store.changes import Changes
from loyaldesk.store.gate import Transaction
from loyaldesk.store.reader import Reader, Source
from loyaldesk.store.store import Store

__all__ = ["Changes", "Reader", "Source", "Store", "Transaction"]
