"""Statements of account for many customers: choose, check, look, run; and reminders."""
