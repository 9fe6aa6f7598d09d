"""The scripts and commands of the documentation, run as they stand there."""
