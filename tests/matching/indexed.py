"""Indexing at once, as the worker would do it soon."""

from matching.conf import encoder_settings
from matching.upkeep import index_stale


def index_everything() -> int:
    """Write search rows and vectors of all that is stale; return how many."""
    return index_stale(encoder_settings(), after_batch=lambda _count: None)
