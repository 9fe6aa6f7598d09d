"""Two rows that say the same skill of one person or job, as one row.

Nothing is added up. A value that only one row has is kept; where both have one, the
row that tells more is believed.
"""

from recruit.candidates.choices import SkillOrigin
from recruit.candidates.models import CandidateSkill
from recruit.jobs.models import JobSkill
from recruit.skills.choices import Importance, Proficiency

STRONGEST_FIRST = (Importance.EXCLUDED, Importance.REQUIRED, Importance.PREFERRED)


def join_held(kept: CandidateSkill, other: CandidateSkill) -> None:
    """Write into the kept row what the two rows of one person say together."""
    richer, poorer = sorted([kept, other], key=_held_facts, reverse=True)
    said = {
        "proficiency": richer.proficiency or poorer.proficiency,
        "years": poorer.years if richer.years is None else richer.years,
        "last_used": poorer.last_used if richer.last_used is None else richer.last_used,
        "origin": _lasting_origin(richer, poorer),
        "position": min(kept.position, other.position),
    }
    for name, value in said.items():
        setattr(kept, name, value)


def _held_facts(row: CandidateSkill) -> tuple[float, ...]:
    """Return how much a row tells: the number of facts, then how far they reach."""
    facts = (row.proficiency, row.years is not None, row.last_used is not None)
    rank = Proficiency(row.proficiency).rank if row.proficiency else 0
    return (sum(map(bool, facts)), rank, float(row.years or 0), row.last_used or 0)


def _lasting_origin(richer: CandidateSkill, poorer: CandidateSkill) -> str:
    """Return the richer row's origin; that an import may take away only if both are."""
    if richer.origin == SkillOrigin.IMPORTED:
        return poorer.origin
    return richer.origin


def join_required(kept: JobSkill, other: JobSkill) -> None:
    """Write into the kept row what the two requirements of one job ask together.

    The stronger importance counts, with the minimums that were asked with it: a
    minimum that was only preferred does not become required.
    """
    strongest = min([kept, other], key=_weakness).importance
    asking = [row for row in (kept, other) if row.importance == strongest]
    kept.importance = strongest
    kept.minimum_proficiency = max(
        (row.minimum_proficiency for row in asking), key=_proficiency_rank
    )
    years = [row.minimum_years for row in asking if row.minimum_years is not None]
    kept.minimum_years = max(years, default=None)
    kept.position = min(kept.position, other.position)


def contradict(one: JobSkill, other: JobSkill) -> bool:
    """Tell whether a job wants the one skill and excludes the other."""
    return (one.importance == Importance.EXCLUDED) != (
        other.importance == Importance.EXCLUDED
    )


def _weakness(row: JobSkill) -> int:
    return STRONGEST_FIRST.index(Importance(row.importance))


def _proficiency_rank(proficiency: str) -> int:
    return Proficiency(proficiency).rank if proficiency else 0
