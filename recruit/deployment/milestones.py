"""What happens once in the life of a database."""

from datetime import datetime

from recruit.deployment.models import Milestone

DEMO_LOADED = "demo data loaded"
DEMO_REMOVED = "demo data removed"


def demo_is_expected() -> None:
    """Note that demo data is being loaded, until `demo_is_loaded`."""
    Milestone.objects.get_or_create(name=DEMO_LOADED)


def demo_is_asked_for() -> None:
    """Note that somebody wants demo data, also after it was taken away."""
    Milestone.objects.filter(name=DEMO_REMOVED).delete()
    Milestone.objects.update_or_create(name=DEMO_LOADED, defaults={"reached_at": None})


def demo_is_loaded(*, loaded_at: datetime) -> None:
    """Note that the demo data is complete."""
    Milestone.objects.filter(name=DEMO_LOADED).update(reached_at=loaded_at)


def is_demo_awaited() -> bool:
    """Tell whether demo data was begun and is not complete."""
    return Milestone.objects.filter(name=DEMO_LOADED, reached_at=None).exists()


def demo_is_removed(*, removed_at: datetime) -> None:
    """Note that somebody has taken the demo data away: it does not come back."""
    Milestone.objects.filter(name=DEMO_LOADED).update(reached_at=removed_at)
    Milestone.objects.update_or_create(
        name=DEMO_REMOVED, defaults={"reached_at": removed_at}
    )


def was_demo_removed() -> bool:
    """Tell whether somebody has taken the demo data away."""
    return Milestone.objects.filter(name=DEMO_REMOVED).exists()
