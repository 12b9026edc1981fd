"""The way between rows of the wire and the tables of a desk."""
