"""What the code of a stage means, wherever a row carries it.

The four standard stages are known without asking the database. The others are few,
are asked for together and kept for seconds, so that lists do not ask once a row; an
unknown code asks again at once.
"""

from dataclasses import dataclass
from time import monotonic

from django.apps import apps

from recruit.applications.choices import Stage

KEPT_SECONDS = 5.0


@dataclass(slots=True)
class _Known:
    names: dict[str, tuple[str, Stage]]
    asked_at: float


_known = _Known(names={}, asked_at=float("-inf"))


def stage_label(code: str) -> str:
    """Return the name of a stage; of one that is gone, its code."""
    if not code:
        return ""
    return str(Stage(code).label) if code in Stage.values else _named(code)[0]


def stage_kind(code: str) -> Stage:
    """Return what a stage counts as; one that is gone counts as the first."""
    return Stage(code) if code in Stage.values else _named(code)[1]


def forget_names() -> None:
    """Ask again for the names, after one was changed."""
    _known.asked_at = float("-inf")


def _named(code: str) -> tuple[str, Stage]:
    if code not in _known.names or monotonic() - _known.asked_at > KEPT_SECONDS:
        rows = apps.get_model("applications", "PipelineStage")._default_manager
        _known.names = {
            row[0]: (row[1], Stage(row[2]))
            for row in rows.values_list("code", "label", "kind")
        }
        _known.asked_at = monotonic()
    # What is not there is not asked for again before the others are.
    return _known.names.setdefault(code, (code, Stage.APPLIED))
