"""What becomes of unsent edits when a database breaks or has to be erased."""
