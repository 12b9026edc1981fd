"""What desk and hub say to each other, and the rules both follow; no input or output here."""
