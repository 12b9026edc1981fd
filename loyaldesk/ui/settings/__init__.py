"""Settings: the company, the look, and you."""
