"""Many letters at once: chosen, checked, made in processes of their own, put on record."""
