"""The contents of documents and the segments of first syncs: brought, kept, handed out."""
