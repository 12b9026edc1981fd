"""What a hub keeps: its tables, each room in a file of its own."""
