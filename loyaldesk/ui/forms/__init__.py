"""Forms: dialogs in which something is typed, checked where it stands and saved as one action."""
