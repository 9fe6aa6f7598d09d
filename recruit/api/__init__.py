"""REST API: the same reads and operations as the pages, for other systems."""
