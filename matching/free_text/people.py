"""The front door: the people found for a text that somebody typed.

A text is looked for in two ways at once: its words in the profiles, and its meaning by
the vector that the worker makes of it. Until the vector is there the words alone give
the order. "Quoted words" must stand in a profile, -word must not.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from time import monotonic, sleep
from uuid import UUID

from matching.facets.asked import NO_FACETS, Facets
from matching.free_text.asking import Asked
from matching.free_text.counts import SearchCounts, count_found
from matching.free_text.fields import places_of
from matching.free_text.highlights import Found
from matching.free_text.words_found import words_found
from matching.gates import says_enough, thinness_told
from matching.matches import LEFT_OUT_LISTED, check_limit
from matching.queries import present
from matching.types import Meaning
from recruit.accounts.models import User
from recruit.candidates.models import Candidate
from recruit.candidates.querysets import CandidateQuerySet

MOST_PEOPLE = 200

# Between two looks for a vector that the worker makes.
LOOKING_SECONDS = 0.03


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A person in the order of a search, with the words that their profile holds."""

    rank: int
    candidate: Candidate
    similarity: float | None  # cosine, in [-1, 1]; None: found by words alone
    found: Found


@dataclass(frozen=True, slots=True)
class ThinPerson:
    """A person who holds words of the text, but says too little to be compared."""

    candidate: Candidate
    reason: str
    found: Found


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """Who was found for a text, and whether its meaning shaped the order."""

    text: str
    encoder: str
    meaning: Meaning
    matches: tuple[PersonFound, ...]
    has_more: bool
    not_enough_data: tuple[ThinPerson, ...]
    not_enough_data_count: int
    quoted: tuple[str, ...]  # must stand in a profile
    unwanted: tuple[str, ...]  # must not
    fields: tuple[str, ...] = ()  # "title: gardener"; asked for in one field
    counted: SearchCounts | None = None  # where they were asked for

    @property
    def is_being_read(self) -> bool:
        return self.meaning is Meaning.BEING_READ

    @property
    def lacks_worker(self) -> bool:
        return self.meaning is Meaning.NO_WORKER

    @property
    def stands_nowhere(self) -> bool:
        """Say whether people are shown for words of which nobody holds any."""
        is_counted = self.counted is not None and self.counted.holds_no_word
        return is_counted and self.meaning is Meaning.COMPARED

    @property
    def is_hampered(self) -> bool:
        return self.meaning in {Meaning.NO_WORKER, Meaning.UNREADABLE}


def find_people(
    *,
    text: str,
    limit: int,
    viewer: User | None,
    asked_at: datetime,
    among: CandidateQuerySet | None = None,
    asks: bool = True,
    left_out_limit: int = LEFT_OUT_LISTED,
    facets: Facets = NO_FACETS,
    counts: bool = False,
    chosen: Collection[UUID] | None = None,
) -> PeopleFound:
    """Return the first `limit` people for a text, most fitting first.

    The order is the same for every limit. Whom the viewer may not see does not exist;
    `among` narrows that further. Who says too little to be compared is listed apart.
    The vector is asked for, unless not `asks`: then it is used where it is kept.
    `facets` narrow the people before they are compared; with `counts` they are counted.
    Of the people, only the `chosen` ones are looked at, if there are such.
    Raise SearchRefused for a text that cannot be searched for, LimitOutOfRange.
    """
    check_limit(limit, most=MOST_PEOPLE)
    asked = Asked.of(text, viewer, among, facets, chosen)
    meant = asked.meant(asked_at if asks else None)
    hits = asked.hits(meant.vector)
    similarity = {hit.candidate_id: hit.similarity for hit in hits.ranked}
    people = present(list(similarity), among=asked.passing, at_once=limit + 1)
    shown = list(islice(people, limit + 1))
    first_thin = hits.thin[:left_out_limit]
    thin = list(present(first_thin, among=asked.passing, at_once=left_out_limit))
    found = words_found(asked.wording.words, [*shown[:limit], *thin])
    return PeopleFound(
        text=text,
        encoder=asked.encoder,
        meaning=meant.meaning,
        matches=tuple(
            PersonFound(
                rank=rank,
                candidate=person,
                similarity=similarity[person.pk] if says_enough(person) else None,
                found=found[person.pk]
                .with_places(places_of(person, asked.wording.fields))
                .led_by(asked.own_addresses(person), person.pk),
            )
            for rank, person in enumerate(shown[:limit], start=1)
        ),
        has_more=len(shown) > limit and limit < MOST_PEOPLE,
        not_enough_data=tuple(
            ThinPerson(person, reason, found[person.pk])
            for person in thin
            if (reason := thinness_told(person))
        ),
        not_enough_data_count=len(hits.thin),
        quoted=asked.wording.quoted,
        unwanted=asked.wording.unwanted,
        fields=tuple(str(term) for term in asked.wording.fields),
        counted=count_found(asked) if counts else None,
    )


def meaning_of(
    *,
    text: str,
    viewer: User | None,
    asked_at: datetime,
    among: CandidateQuerySet | None = None,
    needs_worker: bool = True,
) -> Meaning:
    """Return how the meaning of a text stands, and ask for its vector.

    Without `needs_worker` the text is written down even where no worker would read it:
    for a caller who does. Raise SearchRefused for a text that cannot be searched for.
    """
    asked = Asked.of(text, viewer, among)
    return asked.meant(asked_at, needs_worker=needs_worker).meaning


def settled_meaning(
    *,
    text: str,
    viewer: User | None,
    asked_at: datetime,
    timeout_seconds: float,
    among: CandidateQuerySet | None = None,
) -> Meaning:
    """Ask for the vector of a text and wait for it, so long at most."""
    deadline = monotonic() + timeout_seconds
    while True:
        meaning = meaning_of(text=text, viewer=viewer, asked_at=asked_at, among=among)
        if meaning is not Meaning.BEING_READ or monotonic() >= deadline:
            return meaning
        sleep(LOOKING_SECONDS)
