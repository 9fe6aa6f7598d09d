"""Vectors to nearest rows, complete and in one order."""

from uuid import UUID

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching.conf import DIMENSIONS
from matching.hnsw import ensure_hnsw_index, index_name
from matching.models import CandidateEmbedding, CandidateSearch, SkillEmbedding
from matching.retrieval import (
    Census,
    Pool,
    census,
    near_skills,
    nearest_candidates,
    nearest_excluded,
    nearest_without_enough_data,
)
from tests.factories import NOW

pytestmark = pytest.mark.django_db

ENCODER = "words@1/profile-1"
PERL = UUID(int=7)
QUERY = [1.0] + [0.0] * (DIMENSIONS - 1)
ALWAYS_EXACT, NEVER_EXACT = 10**9, -1


def candidate(number: int) -> UUID:
    return UUID(int=number + 1)


def fill(vectors, *, encoder=ENCODER, skills=(), has_enough_data=True) -> None:
    """Write rows 0, 1, 2, … with these vectors."""
    CandidateEmbedding.objects.bulk_create(
        CandidateEmbedding(
            candidate_id=candidate(number),
            encoder=encoder,
            vector=list(vector),
            text_digest="",
            token_count=1,
            stamp=NOW,
        )
        for number, vector in enumerate(vectors)
    )
    CandidateSearch.objects.bulk_create(
        [
            search_row(candidate(number), list(skills), has_enough_data)
            for number in range(len(vectors))
        ],
        ignore_conflicts=True,
    )


def search_row(candidate_id, skill_ids, has_enough_data) -> CandidateSearch:
    return CandidateSearch(
        candidate_id=candidate_id,
        candidate_version=1,
        words="",
        skill_ids=skill_ids,
        skill_count=2,
        word_count=0,
        has_enough_data=has_enough_data,
        open_to_remote=False,
        languages=[],
    )


def pointing(angle: float) -> list[float]:
    """Return a unit vector at an angle to the query."""
    return [np.cos(angle), np.sin(angle), *[0.0] * (DIMENSIONS - 2)]


def scattered(count: int) -> list[list[float]]:
    vectors = np.random.default_rng(7).normal(size=(count, DIMENSIONS))
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return [row.tolist() for row in unit]


def nearest(limit, *, pool=Pool(), most_exact=ALWAYS_EXACT, query=QUERY):  # noqa: B008
    return nearest_candidates(
        query=query, encoder=ENCODER, pool=pool, limit=limit, most_exact=most_exact
    )


def ids(hits) -> list[UUID]:
    return [hit.candidate_id for hit in hits]


class TestNearestCandidates:
    def test_returns_the_most_similar_first_with_their_cosine(self):
        fill([pointing(0.9), pointing(0.1), pointing(0.5)])

        hits = nearest(2)

        assert ids(hits) == [candidate(1), candidate(2)]
        assert hits[0].similarity == pytest.approx(np.cos(0.1), abs=1e-3)

    @pytest.mark.parametrize("most_exact", [ALWAYS_EXACT, NEVER_EXACT])
    @pytest.mark.parametrize("limit", [1, 5, 60, 500])
    def test_returns_all_that_match_up_to_the_limit(self, most_exact, limit):
        fill(scattered(120))
        ensure_hnsw_index(ENCODER)
        pool = Pool(left_out=tuple(candidate(number) for number in range(60)))

        hits = nearest(limit, pool=pool, most_exact=most_exact)

        assert len(hits) == min(limit, 60)
        assert not set(ids(hits)) & set(pool.left_out)

    @pytest.mark.parametrize("most_exact", [ALWAYS_EXACT, NEVER_EXACT])
    def test_breaks_ties_at_the_limit_by_candidate(self, most_exact):
        fill([pointing(0.5)] * 90)
        ensure_hnsw_index(ENCODER)

        hits = nearest(4, most_exact=most_exact)

        assert ids(hits) == [candidate(number) for number in range(4)]

    def test_finds_by_the_index_what_it_finds_exactly(self):
        fill(scattered(300))
        ensure_hnsw_index(ENCODER)

        by_index = nearest(10, most_exact=NEVER_EXACT)

        assert by_index == nearest(10, most_exact=ALWAYS_EXACT)

    def test_keeps_to_the_vectors_of_one_encoder(self):
        fill([pointing(0.5), pointing(0.6)])
        fill([pointing(0.0)], encoder="other@2/profile-1")

        hits = nearest(10)

        assert len(hits) == 2
        assert hits[0].similarity == pytest.approx(np.cos(0.5), abs=1e-3)

    def test_applies_every_gate(self):
        fill([pointing(0.1), pointing(0.2), pointing(0.3), pointing(0.4)])
        rows = CandidateSearch.objects
        rows.filter(candidate_id=candidate(0)).update(skill_ids=[PERL])
        rows.filter(candidate_id=candidate(1)).update(has_enough_data=False)
        pool = Pool(
            left_out=(candidate(2),),
            excluded_skills=(PERL,),
            only=tuple(candidate(number) for number in range(4)),
        )

        assert ids(nearest(10, pool=pool)) == [candidate(3)]

    def test_sees_only_whom_the_viewer_may_see(self):
        fill([pointing(0.1), pointing(0.2)])

        assert ids(nearest(10, pool=Pool(only=(candidate(1),)))) == [candidate(1)]
        assert nearest(10, pool=Pool(only=())) == []

    def test_leaves_no_setting_behind(self):
        fill(scattered(30))
        ensure_hnsw_index(ENCODER)

        with CaptureQueriesContext(
            connection,
        ) as queries:
            nearest(5, most_exact=NEVER_EXACT)

        settings = [one["sql"] for one in queries if one["sql"].startswith("SET")]
        assert settings
        assert all(statement.startswith("SET LOCAL") for statement in settings)

    def test_can_be_answered_from_the_index(self):
        fill(scattered(200))
        ensure_hnsw_index(ENCODER)
        with connection.cursor() as cursor:
            # On so few rows the planner would rather read them all.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            with CaptureQueriesContext(connection) as queries:
                nearest(5, most_exact=NEVER_EXACT)
            statement = next(
                one["sql"] for one in queries if "ORDER BY e.vector <=>" in one["sql"]
            )
            cursor.execute("EXPLAIN " + statement)
            plan = "\n".join(line for (line,) in cursor.fetchall())

        assert f"Index Scan using {index_name(ENCODER)}" in plan


class TestHnswIndex:
    def test_is_made_once_per_encoder(self):
        ensure_hnsw_index(ENCODER)
        ensure_hnsw_index(ENCODER)
        ensure_hnsw_index("other@2/profile-1")

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_indexes"
                " WHERE indexname LIKE 'candidate_embeddings_hnsw_%'"
            )
            assert cursor.fetchone() == (2,)


class TestCensus:
    def test_counts_each_person_once(self):
        fill(scattered(5))
        rows = CandidateSearch.objects
        rows.filter(candidate_id=candidate(0)).update(
            skill_ids=[PERL], has_enough_data=False
        )
        rows.filter(candidate_id=candidate(1)).update(has_enough_data=False)
        pool = Pool(left_out=(candidate(4),), excluded_skills=(PERL,))

        assert census(pool=pool) == Census(pool=4, excluded=1, not_enough_data=1)


class TestLeftOut:
    def test_lists_the_most_similar_first_and_those_without_vector_last(self):
        fill([pointing(0.5), pointing(0.2)], skills=[PERL])
        row = search_row(candidate(9), [PERL], has_enough_data=True)
        row.save(force_insert=True)

        found = nearest_excluded(
            query=QUERY, encoder=ENCODER, pool=Pool(excluded_skills=(PERL,)), limit=10
        )

        assert found == [candidate(1), candidate(0), candidate(9)]

    def test_lists_who_says_too_little(self):
        fill([pointing(0.5)], has_enough_data=False)

        found = nearest_without_enough_data(
            query=QUERY, encoder=ENCODER, pool=Pool(), limit=10
        )

        assert found == [candidate(0)]


class TestNearSkills:
    def test_returns_pairs_of_one_encoder_above_the_threshold(self):
        required, near, far = (UUID(int=number) for number in (1, 2, 3))
        for skill_id, angle in ((required, 0.0), (near, 0.3), (far, 1.5)):
            SkillEmbedding.objects.create(
                skill_id=skill_id,
                encoder=ENCODER,
                vector=pointing(angle),
                text_digest="",
                token_count=1,
                stamp=NOW,
            )

        found = near_skills(
            required=[required], held=[required, near, far], encoder=ENCODER, least=0.6
        )

        assert [(one, other) for one, other, _cosine in found] == [(required, near)]
