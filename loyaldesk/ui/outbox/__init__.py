"""What is on its way by mail, and what the servers answered."""
