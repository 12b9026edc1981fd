"""LoyalDesk: the account-management client."""

__version__ = "0.1.0"
