"""Demo data: jobs, people and pipelines of our own invention."""
