"""How lists of people are asked for and found, whichever interface asks."""
