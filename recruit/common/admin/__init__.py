"""What the admin pages of the domain apps have in common."""
