"""Everything that is stale, found without the event log."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from matching.batches import in_batches
from matching.conf import EncoderSettings
from matching.hnsw import ensure_hnsw_index
from matching.indexing import differing_texts, forget_gone, index_subjects
from matching.models import (
    CandidateEmbedding,
    CandidateSearch,
    CandidateTerms,
    JobTwin,
    SkillTwin,
)
from matching.queries import (
    stale_candidates,
    stale_jobs,
    unembedded_skills,
    unsearchable_candidates,
)
from matching.search_rows import differing_terms, refresh_search_rows
from matching.subjects import CANDIDATES, JOBS, SKILLS, SUBJECTS, Subjects
from matching.term_counts import recount
from matching.twins.mining import FINDERS
from recruit.candidates.models import Candidate

Progress = Callable[[int], None]

ROWS_AT_ONCE = 1024


def count_stale(settings: EncoderSettings) -> int:
    """Return how many rows wait for the encoder."""
    return sum(rows.count() for _subjects, rows in _stale(settings))


def count_longer(settings: EncoderSettings, *, tokens: int) -> int:
    """Return how many candidates say more than so many tokens."""
    embeddings = CandidateEmbedding.objects.of_encoder(settings.identity)
    return embeddings.filter(token_count__gt=tokens).count()


def index_stale(settings: EncoderSettings, *, after_batch: Progress) -> int:
    """Write search rows and encode until nothing is stale; return how many were."""
    ensure_hnsw_index(settings.identity)
    refresh_search_rows(unsearchable_candidates().values_list("pk", flat=True))
    _forget_erased()
    indexed = 0
    while found := _index_some(settings, after_batch):
        indexed += found
    return indexed


def find_all_twins(settings: EncoderSettings) -> dict[str, int]:
    """Look for like pairs of skills and of jobs; return how many there are of each."""
    for name, find in FINDERS.items():
        ids = SUBJECTS[name].present().order_by("pk").values_list("pk", flat=True)
        for batch in in_batches(list(ids), ROWS_AT_ONCE):
            find(batch, settings.identity)
    return {
        "skills": SkillTwin.objects.of_encoder(settings.identity).count(),
        "jobs": JobTwin.objects.of_encoder(settings.identity).count(),
    }


def _index_some(settings: EncoderSettings, after_batch: Progress) -> int:
    indexed = 0
    for subjects, rows in _stale(settings):
        ids = list(rows.values_list("pk", flat=True))
        for batch in in_batches(ids, ROWS_AT_ONCE):
            indexed += index_subjects(
                subjects, batch, settings=settings, after_batch=after_batch
            )
    return indexed


def _stale(settings: EncoderSettings) -> list[tuple[Subjects, QuerySet[Any]]]:
    identity = settings.identity
    return [
        (JOBS, stale_jobs(identity)),
        (CANDIDATES, stale_candidates(identity)),
        (SKILLS, unembedded_skills(identity)),
    ]


def _forget_erased() -> None:
    """Delete rows of people who are no more, of every encoder."""
    present = Candidate.objects.not_erased().filter(pk=OuterRef("candidate_id"))
    for rows in (
        CandidateEmbedding.objects.all(),
        CandidateSearch.objects.all(),
        CandidateTerms.objects.all(),
    ):
        gone = rows.filter(~Exists(present)).values_list("candidate_id", flat=True)
        ids = set(gone)
        forget_gone(CANDIDATES, ids)
        refresh_search_rows(ids)


def put_terms_right(*, after_batch: Progress) -> tuple[list[UUID], list[str]]:
    """Write terms that are not those of their text, and count all terms anew.

    Return whose terms were written, and the terms whose counts were wrong besides.
    """
    written: list[UUID] = []
    people = CANDIDATES.present().order_by("pk").values_list("pk", flat=True)
    for batch in in_batches(list(people), ROWS_AT_ONCE):
        differ = differing_terms(batch)
        refresh_search_rows(differ)
        written += differ
        after_batch(len(batch))
    return written, recount()


def differing(
    settings: EncoderSettings, *, after_batch: Progress
) -> list[tuple[Subjects, UUID]]:
    """Return the rows whose text is not the one that was encoded."""
    found = []
    for subjects in SUBJECTS.values():
        ids = list(subjects.present().order_by("pk").values_list("pk", flat=True))
        for batch in in_batches(ids, ROWS_AT_ONCE):
            differ = differing_texts(subjects, batch, settings)
            found += [(subjects, subject_id) for subject_id in differ]
            after_batch(len(batch))
    return found
