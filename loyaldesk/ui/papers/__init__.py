"""Papers: what the viewer and the letters share, showing a paper and printing it."""
