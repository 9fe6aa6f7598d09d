"""Bodies and query strings: read into values, written from rows."""
