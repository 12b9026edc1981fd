"""What a desk does, step by step, to be in step: free of networks and clocks, one file a step."""
