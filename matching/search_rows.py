"""Changed candidates to search rows: what needs no encoder, within a second."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from matching.batches import in_batches
from matching.contents import word_count
from matching.explanation import has_enough_data
from matching.models import CandidateSearch
from matching.search_words import search_vector
from recruit.candidates.models import Candidate

BATCH_SIZE = 100

_COLUMNS = [
    field.name
    for field in CandidateSearch._meta.concrete_fields
    if not field.primary_key
]


def refresh_search_rows(ids: Collection[UUID]) -> None:
    """Write the search rows of these candidates, delete those of erased ones."""
    for batch in in_batches(sorted(ids), BATCH_SIZE):
        _refresh(batch)


def _refresh(ids: Sequence[UUID]) -> None:
    candidates = Candidate.objects.not_erased().with_profile().filter(pk__in=ids)
    rows = [_search_row(candidate) for candidate in candidates]
    with transaction.atomic():
        # Locked, so that nobody is edited or erased between the look and the write.
        # Who was changed since they were read is left to the event of that change.
        versions = dict(
            Candidate.objects.not_erased()
            .filter(pk__in=ids)
            .order_by("pk")
            .select_for_update(no_key=True)
            .values_list("pk", "version")
        )
        CandidateSearch.objects.of_candidates(set(ids) - versions.keys()).delete()
        CandidateSearch.objects.bulk_create(
            [
                row
                for row in rows
                if versions.get(row.candidate_id) == row.candidate_version
            ],
            update_conflicts=True,
            unique_fields=["candidate_id"],
            update_fields=_COLUMNS,
        )


def _search_row(candidate: Candidate) -> CandidateSearch:
    held = list(candidate.skills.all())
    words = word_count(candidate)
    return CandidateSearch(
        candidate_id=candidate.pk,
        candidate_version=candidate.version,
        words=search_vector(
            names=candidate.name,
            skills=", ".join(skill.skill.name for skill in held),
            headline=candidate.headline,
            texts=_texts(candidate),
        ),
        skill_ids=[skill.skill_id for skill in held],
        skill_count=len(held),
        word_count=words,
        has_enough_data=has_enough_data(skill_count=len(held), word_count=words),
        country=candidate.country,
        region=candidate.region,
        open_to_remote=candidate.open_to_remote,
        salary_expectation=candidate.salary_expectation,
        salary_currency=candidate.salary_currency,
        available_from=candidate.available_from,
        languages=[spoken.language for spoken in candidate.languages.all()],
        source=candidate.source,
        last_contact_at=candidate.last_contact_at,
    )


def _texts(candidate: Candidate) -> str:
    experience = (
        f"{held.title} {held.organisation} {held.description}"
        for held in candidate.experience.all()
    )
    education = (
        f"{study.qualification} {study.field_of_study} {study.institution}"
        for study in candidate.education.all()
    )
    documents = (document.text for document in candidate.documents.all())
    return "\n".join((candidate.summary, *experience, *education, *documents))
