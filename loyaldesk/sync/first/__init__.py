"""How a new desk gets many records at once, and how they are made ready."""
