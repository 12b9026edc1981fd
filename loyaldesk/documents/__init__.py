"""The contents of documents: kept encrypted, taken in, shown, and opened outside."""
