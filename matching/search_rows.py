"""Changed candidates to search rows: what needs no encoder, within a second."""

from collections.abc import Callable, Collection, Iterable, Sequence
from uuid import UUID

from django.db import transaction

from matching.batches import in_batches
from matching.contents import candidate_content, word_count
from matching.explanation import has_enough_data
from matching.history import history_of
from matching.models import CandidateSearch
from matching.profile_text import candidate_text
from matching.search_words import search_vector
from matching.term_counts import add_changes
from matching.terms import with_other_terms, write_terms
from recruit.candidates.models import Candidate

BATCH_SIZE = 100

# Of a long list, waiting changes of term counts are added after so many batches.
BATCHES_BETWEEN = 20

_COLUMNS = [
    field.name
    for field in CandidateSearch._meta.concrete_fields
    if not field.primary_key
]


def refresh_search_rows(
    ids: Collection[UUID], *, after_batch: Callable[[], object] = lambda: None
) -> None:
    """Write the search rows of these candidates, delete those of erased ones."""
    for number, batch in enumerate(in_batches(sorted(ids), BATCH_SIZE), start=1):
        _refresh(batch)
        after_batch()
        if number % BATCHES_BETWEEN == 0:
            add_changes()
    add_changes()


def _refresh(ids: Sequence[UUID]) -> None:
    candidates = Candidate.objects.not_erased().with_profile().filter(pk__in=ids)
    history = history_of(ids)
    rows = [_search_row(one, history.get(one.pk, ())) for one in candidates]
    texts = _texts_of(candidates)
    with transaction.atomic():
        versions = _locked_versions(ids)
        gone = set(ids) - versions.keys()
        # Who was changed since they were read is left to the event of that change.
        current = [
            row
            for row in rows
            if versions.get(row.candidate_id) == row.candidate_version
        ]
        CandidateSearch.objects.of_candidates(gone).delete()
        CandidateSearch.objects.bulk_create(
            current,
            update_conflicts=True,
            unique_fields=["candidate_id"],
            update_fields=_COLUMNS,
        )
        write_terms(
            {row.candidate_id: texts[row.candidate_id] for row in current}, gone=gone
        )


def differing_terms(ids: Collection[UUID]) -> list[UUID]:
    """Return those of these candidates whose terms are not those of their text."""
    candidates = Candidate.objects.not_erased().with_profile().filter(pk__in=ids)
    return with_other_terms(_texts_of(candidates))


def _texts_of(candidates: Iterable[Candidate]) -> dict[UUID, str]:
    return {one.pk: candidate_text(candidate_content(one)) for one in candidates}


def _locked_versions(ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return the versions of those who are not erased; nobody is edited meanwhile.

    The erased are locked with them, so that two who delete their rows take turns.
    """
    locked = (
        Candidate.objects.filter(pk__in=ids)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", "version", "erased_at")
    )
    return {pk: version for pk, version, erased_at in locked if erased_at is None}


def _search_row(candidate: Candidate, history: Sequence[str]) -> CandidateSearch:
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
        place=candidate.place,
        years_of_experience=candidate.years_of_experience,
        history=list(history),
        changed_at=candidate.updated_at,
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
