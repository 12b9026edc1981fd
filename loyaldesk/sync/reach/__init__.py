"""How a desk reaches its hub: the way in, the line, sign-in, and what goes wrong on it."""
