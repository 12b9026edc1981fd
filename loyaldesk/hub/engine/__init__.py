"""What becomes of what desks send, and what they are given: free of networks and clocks."""
