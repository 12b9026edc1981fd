"""The hub: the shared store of a company's records, who may see them, and the server in front."""
