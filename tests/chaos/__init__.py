"""Processes killed at random while clients write: `make chaos`."""
