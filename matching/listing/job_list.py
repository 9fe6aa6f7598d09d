"""The ranked people of a job as a list with pages, narrowed before it is ranked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from matching.conf import encoder_identity
from matching.contents import job_content
from matching.evidence import profiles_of, requirements_of
from matching.facets.asked import NO_FACETS, FacetCounts, Facets
from matching.facets.counting import count_facets
from matching.hybrid import hybrid_candidates
from matching.job_ranking import SPARE_HITS, JobRanking, RankedHit
from matching.listing.places import (
    Cut,
    Placed,
    placed_people,
    seen_of,
    sort_keys,
)
from matching.listing.positions import Cursor, Position, Sort
from matching.matches import (
    MOST_MATCHES,
    LeftOut,
    Match,
    explained,
    job_vector,
    pool_of,
    refuse_empty_job,
    veil_for,
)
from matching.profile_text import digest, job_text
from matching.queries import stale_candidates
from matching.retrieval import census
from matching.types import Order
from matching.veiled import behind_veil
from recruit.accounts.models import User
from recruit.applications.veil import Veil
from recruit.candidates.models import Candidate
from recruit.jobs.models import Job

PAGE_SIZE = 50
LEFT_OUT_LISTED = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What a viewer asked of the list."""

    facets: Facets = NO_FACETS
    order: Order = Order.SIMILARITY
    sort: Sort = Sort.RANK
    after: Cursor | None = None
    before: Cursor | None = None
    only: tuple[UUID, ...] | None = None  # who is shown, if fewer than may be seen

    @property
    def cursor(self) -> Cursor | None:
        return self.after or self.before


@dataclass(frozen=True, slots=True)
class JobList:
    """One page of the ranked people of a job, and who is not on any page."""

    job: Job
    encoder: str
    asked: Asked
    matches: tuple[Match, ...]
    earlier: Cursor | None  # the end of the page before
    later: Cursor | None  # the beginning of the page after
    is_begun_anew: bool  # the ranking is not the one that the address speaks of
    counted: FacetCounts
    excluded: tuple[LeftOut, ...]  # on the first page
    not_enough_data: tuple[LeftOut, ...]
    excluded_count: int
    not_enough_data_count: int
    pool_count: int
    waiting_count: int

    @property
    def changed_since(self) -> int:
        """Return how many belong here but were changed since the first page."""
        return self.counted.changed_since if self.asked.cursor else 0


def list_for_job(
    *,
    job: Job,
    viewer: User | None,
    asked: Asked,
    size: int = PAGE_SIZE,
    today: date | None = None,
) -> JobList:
    """Return one page of the sourcing pool of a job (loaded `with_requirements`).

    Pages never repeat or skip anybody: people who change after the first page was made
    are counted apart. Where the job hides names, a viewer is given copies of people
    without them. Raise JobNotEmbedded or JobHasTooLittleText.
    """
    refuse_empty_job(job)
    listing = _Listing.of(job, viewer, asked)
    return listing.page(size, today=today or timezone.localdate())


@dataclass(frozen=True, slots=True)
class FirstPeople:
    """Whom a list begins with, by their own ids, and how many come after them."""

    ids: tuple[UUID, ...]
    beyond: int


def first_people(
    *, job: Job, viewer: User | None, asked: Asked, limit: int
) -> FirstPeople:
    """Return the people of all pages of a list in its order, so many at most.

    Raise JobNotEmbedded or JobHasTooLittleText.
    """
    refuse_empty_job(job)
    listing = _Listing.of(job, viewer, replace(asked, after=None, before=None))
    shown, _earlier, later = listing._cut(limit)
    ids = tuple(one.row.candidate_id for one in shown)
    if later is None:
        return FirstPeople(ids, 0)
    counted = count_facets(pool=listing.ranking.pool, offered=())
    return FirstPeople(ids, max(counted.passing - len(ids), 1))


def _with_cursors(asked: Asked, meant: Callable[[UUID], UUID]) -> Asked:
    """Return what was asked, beside the people whom its cursors stand for."""

    def of(cursor: Cursor | None) -> Cursor | None:
        if cursor is None:
            return None
        position = cursor.position
        there = replace(position, candidate_id=meant(position.candidate_id))
        return replace(cursor, position=there)

    return replace(asked, after=of(asked.after), before=of(asked.before))


@dataclass(frozen=True, slots=True)
class _Listing:
    """The list as it was asked for: what it is ranked by, and for whom."""

    job: Job
    asked: Asked
    is_begun_anew: bool
    ranking: JobRanking
    name: str
    veil: Veil

    @classmethod
    def of(cls, job: Job, viewer: User | None, asked: Asked) -> "_Listing":
        veil = veil_for(job, viewer)
        asked = _with_cursors(asked, veil.id_behind)
        encoder = encoder_identity()
        requirements = requirements_of(job)
        query = job_vector(job, encoder)
        text = job_text(job_content(job))
        name = digest(f"{encoder}{query}{text}{asked.order}{asked.sort}")[:12]
        # Positions in another order say nothing about this one.
        is_begun_anew = asked.cursor is not None and asked.cursor.ranking != name
        if is_begun_anew:
            asked = replace(asked, after=None, before=None)
        pool = pool_of(job, requirements, viewer, asked.facets)
        pool = pool if asked.only is None else replace(pool, only=asked.only)
        if asked.cursor is not None:
            pool = replace(pool, as_of=asked.cursor.as_of)
        ranking = JobRanking(
            query=query,
            words=text if asked.order == Order.HYBRID else None,
            encoder=encoder,
            pool=pool,
            requirements=requirements,
            viewer=viewer,
        )
        return cls(job, asked, is_begun_anew, ranking, name, veil)

    @property
    def required(self) -> list[UUID]:
        return [one.skill_id for one in self.ranking.requirements if one.is_required]

    def page(self, size: int, *, today: date) -> JobList:
        pool, cursor = self.ranking.pool, self.asked.cursor
        counted = census(pool=pool)
        offered = [one.skill_id for one in self.ranking.requirements]
        facets = count_facets(pool=pool, offered=offered, as_of=pool.as_of)
        shown, earlier, later = self._cut(size)
        as_of = cursor.as_of if cursor else facets.newest_change
        first = self.asked.cursor is None
        excluded, thin = (
            self.ranking.left_out(counted, LEFT_OUT_LISTED) if first else ([], [])
        )
        return JobList(
            job=self.job,
            encoder=self.ranking.encoder,
            asked=self.asked,
            matches=behind_veil(self._matches(shown, today), self.veil),
            earlier=self._cursor(earlier, as_of),
            later=self._cursor(later, as_of),
            is_begun_anew=self.is_begun_anew,
            counted=facets,
            excluded=behind_veil([LeftOut(*one) for one in excluded], self.veil),
            not_enough_data=behind_veil([LeftOut(*one) for one in thin], self.veil),
            excluded_count=counted.excluded,
            not_enough_data_count=counted.not_enough_data,
            pool_count=counted.pool,
            waiting_count=stale_candidates(self.ranking.encoder).count(),
        )

    def _cursor(self, edge: Position | None, as_of: datetime | None) -> Cursor | None:
        if edge is None:
            return None
        shown = replace(edge, candidate_id=self.veil.id_of(edge.candidate_id))
        return Cursor(shown, self.name, as_of)

    def _cut(
        self, size: int
    ) -> tuple[list["_Shown"], Position | None, Position | None]:
        """Return the rows of the page, and its edges where there is more beyond."""
        after, before = self.asked.after, self.asked.before
        if before is not None:
            shown = self._fitting(size + 1, before=before.position)
            has_more, shown = len(shown) > size, shown[-size:]
            if has_more:
                return shown, shown[0].row.position, shown[-1].row.position
            # Fewer are left in front than fill a page: the list's own first page.
            after = None
        shown = self._fitting(size + 1, after=after.position if after else None)
        has_more, shown = len(shown) > size, shown[:size]
        return (
            shown,
            shown[0].row.position if after and shown else None,
            shown[-1].row.position if has_more else None,
        )

    def _fitting(
        self,
        wanted: int,
        *,
        after: Position | None = None,
        before: Position | None = None,
    ) -> list["_Shown"]:
        """Return so many people as they are now; who is gone since is passed over."""
        limit = wanted + SPARE_HITS
        while True:
            rows = self._rows(Cut(limit, after, before))
            # Nearest to the edge first.
            nearest = rows[::-1] if before else rows
            hits = {row.hit.candidate_id: row for row in nearest}
            fitting = self.ranking.still_fitting([row.hit for row in nearest], wanted)
            if len(fitting) == wanted or len(rows) < limit:
                shown = [
                    replace(hits[hit.candidate_id], candidate=person)
                    for hit, person in fitting
                ]
                return shown[::-1] if before else shown
            limit *= 2

    def _rows(self, cut: Cut) -> list["_Shown"]:
        if self.asked.order == Order.HYBRID:
            return self._hybrid_rows(cut)
        placed = placed_people(
            query=self.ranking.query,
            encoder=self.ranking.encoder,
            pool=self.ranking.pool,
            cut=cut,
            sort=self.asked.sort,
            required=self.required,
        )
        return [
            _Shown(row, RankedHit(row.candidate_id, row.position.similarity))
            for row in placed
        ]

    def _hybrid_rows(self, cut: Cut) -> list["_Shown"]:
        """Return rows of the first MOST_MATCHES by words and meaning together.

        Places are those of the whole pool, for whoever may see some of it as well.
        """
        found = hybrid_candidates(
            query=self.ranking.query,
            words=self.ranking.words or "",
            encoder=self.ranking.encoder,
            pool=replace(self.ranking.pool, only=None),
            limit=MOST_MATCHES,
        )
        hits = {
            hit.candidate_id: RankedHit(
                hit.candidate_id, hit.similarity, hit.score, hit.words_found
            )
            for hit in found
            # Who was not encoded yet waits for the encoder.
            if hit.similarity is not None
        }
        keys = self._keys(list(hits))
        rows = [
            Placed(place, Position(keys[pk], hit.hybrid_score or 0.0, pk))
            for place, (pk, hit) in enumerate(hits.items(), start=1)
            if pk in keys
        ]
        rows = seen_of(rows, self.ranking.pool)
        rows.sort(key=lambda row: row.position.order)
        return [_Shown(row, hits[row.candidate_id]) for row in cut.of(rows)]

    def _keys(self, ids: Sequence[UUID]) -> dict[UUID, float | str]:
        if self.asked.sort == Sort.RANK:
            return dict.fromkeys(ids, 0.0)
        return sort_keys(
            ids,
            sort=self.asked.sort,
            required=self.required,
            currency=self.asked.facets.salary_currency,
        )

    def _matches(self, shown: Sequence["_Shown"], today: date) -> tuple[Match, ...]:
        people = [one.candidate for one in shown if one.candidate is not None]
        requirements = self.ranking.requirements
        profiles = profiles_of(
            people, requirements, encoder=self.ranking.encoder, today=today
        )
        return tuple(
            Match(
                rank=one.row.place,
                candidate=one.candidate,
                similarity=one.hit.similarity,
                explanation=explained(requirements, profiles[one.candidate.pk]),
                hybrid_score=one.hit.hybrid_score,
                words_found=one.hit.words_found,
            )
            for one in shown
            if one.candidate is not None
        )


@dataclass(frozen=True, slots=True)
class _Shown:
    """A row of the list: its place, how it was found, and the person once loaded."""

    row: Placed
    hit: RankedHit
    candidate: Candidate | None = None
