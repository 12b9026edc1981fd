"""How it is between this desk and its hub: what waits, what met, what was merged."""
