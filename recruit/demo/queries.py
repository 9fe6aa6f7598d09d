"""What is there of the demo data."""

from recruit.candidates.models import Candidate
from recruit.demo.people import SOURCE


def demo_is_loaded() -> bool:
    """Tell whether the demo data is there; it is written whole or not at all."""
    return Candidate.objects.filter(source=SOURCE).exists()
