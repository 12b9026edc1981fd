"""Import: a file or database in, with a dry run first."""
