"""Customers: the list, the 360-degree page, and their dialogs."""
