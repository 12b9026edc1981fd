"""Many letters at once: chosen, checked, made, put on record; steps that a driver calls in turn."""
