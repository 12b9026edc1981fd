"""How the contents of documents travel, beside the rows."""
