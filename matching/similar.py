"""People like one person: the nearest profiles, with the skills they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import fmean

from matching.conf import encoder_identity
from matching.gates import says_enough
from matching.matches import (
    CandidateHasTooLittleText,
    candidate_vector,
    check_limit,
)
from matching.queries import present
from matching.retrieval import Pool, Vector, nearest_candidates
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
    also: Sequence[Candidate] = (),
) -> SimilarPeople:
    """Return the people nearest to one (loaded `with_profile`), without that one.

    With others (`also`), nearest to the middle between all of them.
    Whom the viewer may not see does not exist; `among` narrows that further. Raise
    CandidateNotEmbedded, CandidateHasTooLittleText or LimitOutOfRange.
    """
    check_limit(limit, most=MOST_PEOPLE)
    wanted = [candidate, *also]
    for one in wanted:
        if not says_enough(one):
            raise CandidateHasTooLittleText(one.pk)
    encoder = encoder_identity()
    visible = candidates_visible_to(viewer) if among is None else among
    sees_all = viewer is None or viewer.is_recruiting
    hits = nearest_candidates(
        query=_middle([candidate_vector(one, encoder) for one in wanted]),
        encoder=encoder,
        pool=Pool(
            left_out=tuple(sorted(one.pk for one in wanted)),
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
            SimilarPerson(rank, person, similarity[person.pk], _shared(wanted, person))
            for rank, person in enumerate(shown[:limit], start=1)
        ),
        has_more=len(shown) > limit and limit < MOST_PEOPLE,
    )


def _middle(vectors: Sequence[Vector]) -> Vector:
    """Return the mean; a cosine asks only where it points to."""
    return [fmean(values) for values in zip(*vectors, strict=True)]


def _shared(people: Sequence[Candidate], other: Candidate) -> tuple[str, ...]:
    held = {row.skill_id for row in other.skills.all()}
    shared = [
        row.skill.name
        for person in people
        for row in person.skills.all()
        if row.skill_id in held
    ]
    return tuple(dict.fromkeys(shared))
