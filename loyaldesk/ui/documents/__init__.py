"""Documents: the list, the viewer, and dropping files."""
