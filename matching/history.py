"""How far people came in pipelines, as their search rows tell it.

A code is the last stage of an application ("stage:interview") or its end
("outcome:rejected"). Applications that are still unnamed leave no code, for lists show
it beside names. Confidential jobs leave no code: who may not see such a job is
not to learn from a list who was considered for it.
"""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db import transaction

from matching.batches import in_batches
from matching.models import CandidateSearch
from recruit.applications.blind import known_by_name
from recruit.applications.choices import Outcome
from recruit.applications.models import Application
from recruit.applications.stages import unknown_stages

ROWS_AT_ONCE = 1000
STAGE, OUTCOME = "stage:", "outcome:"
ENDS = {f"{OUTCOME}{one}" for one in Outcome if one != Outcome.ACTIVE}


def unknown_codes(codes: Iterable[str]) -> list[str]:
    """Return those of these codes that nobody's history can hold."""
    asked = list(codes)
    stages = [code.removeprefix(STAGE) for code in asked if code.startswith(STAGE)]
    wrong = {f"{STAGE}{stage}" for stage in unknown_stages(stages)}
    return [
        code
        for code in asked
        if code in wrong or not (code.startswith(STAGE) or code in ENDS)
    ]


def history_of(ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
    """Return the codes of those of these people who were ever considered."""
    found: dict[UUID, set[str]] = {}
    theirs = Application.objects.filter(candidate_id__in=ids, job__confidential=False)
    told = known_by_name(theirs)
    for candidate_id, stage, outcome in told.values_list(
        "candidate_id", "stage", "outcome"
    ):
        codes = found.setdefault(candidate_id, set())
        codes.add(f"{STAGE}{stage}")
        if outcome != Outcome.ACTIVE:
            codes.add(f"{OUTCOME}{outcome}")
    return {candidate_id: sorted(codes) for candidate_id, codes in found.items()}


def refresh_history(ids: Collection[UUID]) -> None:
    """Write how far these people came, and nothing else, into their search rows."""
    for batch in in_batches(sorted(ids), ROWS_AT_ONCE):
        _refresh(batch)


@transaction.atomic
def _refresh(ids: Collection[UUID]) -> None:
    # Locked first: who writes after us reads the applications after us.
    rows = CandidateSearch.objects.of_candidates(ids).order_by("candidate_id")
    locked = list(rows.select_for_update().only("candidate_id", "history"))
    history = history_of([row.candidate_id for row in locked])
    changed = []
    for row in locked:
        codes = history.get(row.candidate_id, [])
        if row.history != codes:
            row.history = codes
            changed.append(row)
    CandidateSearch.objects.bulk_update(changed, ["history"])


def considered_for(job_ids: Collection[UUID] | None) -> list[UUID]:
    """Return everybody who was ever considered for one of these jobs; None: for any."""
    if job_ids is not None and not job_ids:
        return []
    applications = Application.objects.all()
    if job_ids is not None:
        applications = applications.filter(job_id__in=job_ids)
    return list(applications.values_list("candidate_id", flat=True).distinct())
