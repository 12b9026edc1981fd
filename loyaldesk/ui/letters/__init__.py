"""Letters: preview, issue, save and print."""
