"""Who matches searches that somebody keeps: told for many of them at once.

A list by meaning orders everybody and has no end. Who matches a kept search has to be
said by a rule that counts: of those who hold what it demands (its gates, quoted words,
fields), whoever holds all its words, and the nearest people by meaning: one in
ONE_IN of all who can be compared, LEAST_NEAREST to NEAREST.
The number of questions is the same for one search and for many.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, Value
from pgvector.django import CosineDistance

from matching.conf import encoder_identity
from matching.facets.asked import Facets
from matching.facets.conditions import narrowed_by, passing_ids
from matching.free_text.fields import narrowed
from matching.free_text.meant import Meant, meant_by
from matching.free_text.names import names_in_each
from matching.free_text.wording import Wording, readable, wording_of
from matching.models import CandidateEmbedding, CandidateSearch
from matching.querysets import CandidateEmbeddingQuerySet, CandidateSearchQuerySet
from matching.retrieval import Vector
from matching.search import SearchRefused, has_words, holding, search_candidates
from matching.search_words import searchable
from matching.types import Meaning
from recruit.accounts.models import User
from recruit.applications.queries import candidates_visible_to, ids_visible_to
from recruit.candidates.querysets import CandidateQuerySet

# Of a list by meaning, so many people match besides those who hold all the words. In a
# small pool the hundredth nearest is near to nothing.
NEAREST, LEAST_NEAREST = 100, 10
ONE_IN = 20


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """What a kept search asks for."""

    text: str
    every_word: bool
    facets: Facets

    @property
    def is_by_meaning(self) -> bool:
        """Say whether its list has an order and no end."""
        if self.every_word:
            return False
        wording = wording_of(self.text)
        return has_words(wording.words) or bool(wording.addresses)


@dataclass(frozen=True, slots=True)
class Matching:
    """Who matches a kept search now."""

    people: CandidateQuerySet
    meaning: Meaning | None = None  # None: only words and gates count
    is_refused: bool = False  # the words cannot be searched for

    @property
    def is_being_read(self) -> bool:
        return self.meaning is Meaning.BEING_READ

    @property
    def is_partial(self) -> bool:
        """Say whether people may match whom only the meaning would find."""
        return self.meaning in {Meaning.BEING_READ, Meaning.NO_WORKER}


def matching_people(
    kept: Sequence[KeptSearch], *, viewer: User | None, asked_at: datetime
) -> list[Matching]:
    """Return who matches each of these searches, of the people a viewer may see.

    Vectors that are not kept any more are asked for.
    """
    visible = candidates_visible_to(viewer)
    ordered = [one for one in kept if one.is_by_meaning]
    meant = _meant([one.text for one in ordered], viewer, asked_at)
    found = iter(_by_meaning(ordered, meant, visible))
    return [
        next(found) if one.is_by_meaning else _by_words(one, visible, viewer)
        for one in kept
    ]


def _by_words(
    kept: KeptSearch, visible: CandidateQuerySet, viewer: User | None
) -> Matching:
    if not kept.text:
        return Matching(narrowed_by(visible, kept.facets))
    try:
        people = search_candidates(words=kept.text, viewer=viewer)
    except SearchRefused:
        return Matching(visible.none(), is_refused=True)
    return Matching(narrowed_by(people, kept.facets))


def _by_meaning(
    kept: Sequence[KeptSearch], meant: Sequence[Meant], visible: CandidateQuerySet
) -> list[Matching]:
    demanded = [_Demanded.of(one) for one in kept]
    nearest = _nearest_of_each(
        [
            (how.vector, one.compared(visible))
            for one, how in zip(demanded, meant, strict=True)
        ]
    )
    return [
        Matching(one.people(visible).filter(one.fits(near)), how.meaning)
        for one, near, how in zip(demanded, nearest, meant, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Demanded:
    """What a search by meaning demands of everybody in its list."""

    wording: Wording
    facets: Facets

    @classmethod
    def of(cls, kept: KeptSearch) -> "_Demanded":
        return cls(wording_of(kept.text), kept.facets)

    @property
    def _rows(self) -> CandidateSearchQuerySet:
        rows = CandidateSearch.objects.all()
        for term in self.wording.quoted:
            rows = rows.filter(holding(searchable(f'"{term}"')))
        for term in self.wording.unwanted:
            rows = rows.exclude(holding(searchable(f'"{term}"')))
        return rows

    def people(self, visible: CandidateQuerySet) -> CandidateQuerySet:
        people = narrowed(narrowed_by(visible, self.facets), self.wording.fields)
        if self.wording.quoted or self.wording.unwanted:
            people = people.filter(pk__in=self._rows.values("candidate_id"))
        return people

    def compared(self, visible: CandidateQuerySet) -> CandidateSearchQuerySet:
        """Return the search rows of those who can be compared."""
        rows = self._rows.filter(has_enough_data=True)
        if self.facets.gates:
            rows = rows.filter(candidate_id__in=passing_ids(self.facets))
        if self.wording.fields:
            held = narrowed(visible, self.wording.fields)
            rows = rows.filter(candidate_id__in=held.values("pk"))
        return rows

    def fits(self, nearest: Sequence[UUID]) -> Q:
        """Return the condition on people who match besides what is demanded."""
        fits = Q(pk__in=nearest)
        addresses = [address.lower() for address in self.wording.addresses]
        if addresses:
            fits |= Q(emails__overlap=addresses)
        if has_words(self.wording.words):
            words = holding(searchable(self.wording.words))
            rows = CandidateSearch.objects.filter(words)
            fits |= Q(pk__in=rows.values("candidate_id"))
        return fits


def _nearest_of_each(
    asked: Sequence[tuple[Vector | None, CandidateSearchQuerySet]],
) -> list[list[UUID]]:
    """Return the ids of the people nearest to each vector, among those of its rows."""
    nearest: list[list[UUID]] = [[] for _one in asked]
    if all(vector is None for vector, _among in asked):
        return nearest
    most = _most_near()
    parts = [
        _nearest(vector, among, most).values_list(Value(number), "candidate_id")
        for number, (vector, among) in enumerate(asked)
        if vector is not None
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        # Compiling a statement of many parts takes longer than running it.
        cursor.execute("SET LOCAL jit = off")
        rows: Iterable[Any] = parts[0].union(*parts[1:], all=True)
        for number, candidate_id in rows:
            nearest[number].append(candidate_id)
    return nearest


def _most_near() -> int:
    """Return how many of the nearest match; a large pool is not counted to its end."""
    vectors = CandidateEmbedding.objects.of_encoder(encoder_identity())
    compared = vectors.order_by()[: NEAREST * ONE_IN].count()
    return min(NEAREST, max(LEAST_NEAREST, compared // ONE_IN))


def _nearest(
    vector: Vector, among: CandidateSearchQuerySet, most: int
) -> CandidateEmbeddingQuerySet:
    vectors = CandidateEmbedding.objects.of_encoder(encoder_identity())
    # "+ 0" keeps the HNSW index out, which would return fewer rows than match.
    distance = CosineDistance("vector", vector) + 0.0
    compared = vectors.filter(candidate_id__in=among.values("candidate_id"))
    return compared.order_by(distance, "candidate_id")[:most]


def _meant(
    texts: Sequence[str], viewer: User | None, asked_at: datetime
) -> list[Meant]:
    """Return how the meaning of each text stands, and ask for vectors that lack."""
    if not texts:
        return []
    words = [wording_of(text).words for text in texts]
    names = names_in_each(words, only=ids_visible_to(viewer))
    read = [readable(said, names=own) for said, own in zip(words, names, strict=True)]
    return meant_by(read, encoder=encoder_identity(), asked_at=asked_at)
