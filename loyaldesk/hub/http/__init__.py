"""The server: what can be asked, within which limits, and how it is answered."""
