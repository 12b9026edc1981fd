"""How fast LoyalDesk is against the raw limit of the same machine in the same run."""
