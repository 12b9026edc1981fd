"""Who may sign in, from which device, and how they prove it."""
