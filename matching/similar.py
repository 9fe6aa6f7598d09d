"""People like one person: the nearest profiles, with the skills they share."""

from dataclasses import dataclass
from itertools import islice

from matching.conf import encoder_identity
from matching.gates import says_enough
from matching.matches import (
    CandidateHasTooLittleText,
    candidate_vector,
    check_limit,
)
from matching.queries import present
from matching.retrieval import Pool, nearest_candidates
from recruit.accounts.models import User
from recruit.applications.queries import candidates_visible_to
from recruit.candidates.models import Candidate
from recruit.candidates.querysets import CandidateQuerySet

MOST_PEOPLE = 200

# Fetched beyond what is ever shown, to replace people who are gone or gated since.
SPARE_HITS = 10


@dataclass(frozen=True, slots=True)
class SimilarPerson:
    """A person whose profile is near another one's."""

    rank: int
    candidate: Candidate
    similarity: float  # cosine, in [-1, 1]
    shared_skills: tuple[str, ...]  # in the order of the person they are like


@dataclass(frozen=True, slots=True)
class SimilarPeople:
    """Who is like a person, most similar first."""

    candidate: Candidate
    encoder: str
    matches: tuple[SimilarPerson, ...]
    has_more: bool


def people_like(
    *,
    candidate: Candidate,
    limit: int,
    viewer: User | None,
    among: CandidateQuerySet | None = None,
) -> SimilarPeople:
    """Return the people nearest to one (loaded `with_profile`), without that one.

    Whom the viewer may not see does not exist; `among` narrows that further. Raise
    CandidateNotEmbedded, CandidateHasTooLittleText or LimitOutOfRange.
    """
    check_limit(limit, most=MOST_PEOPLE)
    if not says_enough(candidate):
        raise CandidateHasTooLittleText(candidate.pk)
    encoder = encoder_identity()
    visible = candidates_visible_to(viewer) if among is None else among
    sees_all = viewer is None or viewer.is_recruiting
    hits = nearest_candidates(
        query=candidate_vector(candidate, encoder),
        encoder=encoder,
        pool=Pool(
            left_out=(candidate.pk,),
            only=None if sees_all else tuple(visible.values_list("pk", flat=True)),
        ),
        # The same for every limit, so that a longer list begins as the shorter one.
        limit=MOST_PEOPLE + SPARE_HITS,
    )
    similarity = {hit.candidate_id: hit.similarity for hit in hits}
    people = present(list(similarity), among=visible, at_once=limit + 1)
    shown = list(islice(filter(says_enough, people), limit + 1))
    return SimilarPeople(
        candidate=candidate,
        encoder=encoder,
        matches=tuple(
            SimilarPerson(
                rank, person, similarity[person.pk], _shared(candidate, person)
            )
            for rank, person in enumerate(shown[:limit], start=1)
        ),
        has_more=len(shown) > limit and limit < MOST_PEOPLE,
    )


def _shared(candidate: Candidate, other: Candidate) -> tuple[str, ...]:
    held = {row.skill_id for row in other.skills.all()}
    return tuple(
        row.skill.name for row in candidate.skills.all() if row.skill_id in held
    )
