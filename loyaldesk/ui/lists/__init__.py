"""Long lists: filter, sort, choose columns, keep views, export; the pages say of what."""
