"""The encrypted cache: one file, one write gate, readers, undo and the search index.

Nothing is imported here: reading (`store.reader`) must not cost the import of SQLAlchemy, which
only writing (`store.store`) needs.
"""
