"""Pure rules: the standard library only, `today` and `now` are always arguments."""
