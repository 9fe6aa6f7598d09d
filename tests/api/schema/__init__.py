"""What the schema states, and whether it is so."""
