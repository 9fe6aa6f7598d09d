"""Which rows changed in which transaction, so that another system can follow."""
