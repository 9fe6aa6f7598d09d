"""Stored vectors to rows of likely pairs. Each piece of work can be done again."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from matching.batches import in_batches
from matching.measured import JOB_TWINS, SHORTENED_SKILL, SKILL_TWINS
from matching.models import JobEmbedding, JobTwin, SkillEmbedding, SkillTwin
from matching.twins.names import are_told_apart, shortened, spelt_alike
from recruit.skills.models import Skill

# Of one row; more are no help to whoever looks through them.
MOST_OF_ONE = 10
PAIRS_AT_ONCE = 1000

Pair = tuple[UUID, UUID]  # the lower id first
AnyTwin = TypeVar("AnyTwin", SkillTwin, JobTwin)


@dataclass(frozen=True, slots=True)
class LikePair:
    """Two rows and the cosine of their vectors."""

    pair: Pair
    similarity: float


def find_skill_twins(ids: Collection[UUID], identity: str) -> int:
    """Write anew the likely pairs that these skills are in; return how many."""
    names = dict(Skill.objects.values_list("pk", "name"))
    near = _near(SkillEmbedding, "skill_id", ids, identity, SKILL_TWINS)
    named = [
        one
        for pairs, least in (
            (spelt_alike(names), -1.0),
            (shortened(names), SHORTENED_SKILL),
        )
        for one in _compared(_of(pairs, ids), identity)
        if one.similarity >= least
    ]
    found = {
        one.pair: one
        for one in [*near, *named]
        if all(skill_id in names for skill_id in one.pair)
        and not are_told_apart(*(names[skill_id] for skill_id in one.pair))
    }
    return _replace(SkillTwin, ids, identity, found.values())


def find_job_twins(ids: Collection[UUID], identity: str) -> int:
    """Write anew the likely pairs that these jobs are in; return how many."""
    near = _near(JobEmbedding, "job_id", ids, identity, JOB_TWINS)
    return _replace(JobTwin, ids, identity, {one.pair: one for one in near}.values())


FINDERS: dict[str, Callable[[Collection[UUID], str], int]] = {
    "skills": find_skill_twins,
    "jobs": find_job_twins,
}


def _of(pairs: Iterable[Pair], ids: Collection[UUID]) -> list[Pair]:
    wanted = set(ids)
    return sorted(pair for pair in pairs if not wanted.isdisjoint(pair))


def _near(
    rows: type[SkillEmbedding] | type[JobEmbedding],
    key: str,
    ids: Collection[UUID],
    identity: str,
    least: float,
) -> list[LikePair]:
    """Return who is at least so near to each of these rows, exactly."""
    # "+ 0" keeps an index out that would find some of them only.
    statement = sql.SQL(
        """
        SELECT mine.{key}, near.{key}, 1 - near.d
        FROM {table} mine
        CROSS JOIN LATERAL (
            SELECT other.{key}, (other.vector <=> mine.vector) + 0 AS d
            FROM {table} other
            WHERE other.encoder = mine.encoder AND other.{key} <> mine.{key}
              AND (other.vector <=> mine.vector) + 0 <= 1 - %(least)s
            ORDER BY d, other.{key}
            LIMIT %(most)s
        ) near
        WHERE mine.encoder = %(encoder)s AND mine.{key} = ANY (%(ids)s::uuid[])
        """
    ).format(table=sql.Identifier(rows._meta.db_table), key=sql.Identifier(key))
    asked: dict[str, Any] = {
        "encoder": identity,
        "ids": sorted(ids),
        "least": least,
        "most": MOST_OF_ONE,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return [_like_pair(*row) for row in cursor.fetchall()]


def _compared(pairs: Sequence[Pair], identity: str) -> list[LikePair]:
    """Return pairs of skills with their similarity, but for those without vectors."""
    statement = """
        SELECT a.skill_id, b.skill_id, 1 - (a.vector <=> b.vector)
        FROM unnest(%(first)s::uuid[], %(second)s::uuid[]) AS pair (first, second)
        JOIN matching_skillembedding a
          ON a.skill_id = pair.first AND a.encoder = %(encoder)s
        JOIN matching_skillembedding b
          ON b.skill_id = pair.second AND b.encoder = %(encoder)s
        """
    found = []
    with connection.cursor() as cursor:
        for batch in in_batches(pairs, PAIRS_AT_ONCE):
            first, second = zip(*batch, strict=True)
            asked: dict[str, Any] = {
                "first": list(first),
                "second": list(second),
                "encoder": identity,
            }
            cursor.execute(statement, asked)
            found += [_like_pair(*row) for row in cursor.fetchall()]
    return found


def _like_pair(one: UUID, other: UUID, similarity: float) -> LikePair:
    return LikePair((one, other) if one < other else (other, one), similarity)


@transaction.atomic
def _replace(
    kind: type[AnyTwin],
    ids: Collection[UUID],
    identity: str,
    found: Collection[LikePair],
) -> int:
    kind.objects.of_encoder(identity).of_any(ids).delete()
    rows = [
        kind(
            first_id=one.pair[0],
            second_id=one.pair[1],
            encoder=identity,
            similarity=one.similarity,
        )
        for one in sorted(found, key=lambda one: one.pair)
    ]
    # Somebody else may have written a pair from its other side meanwhile.
    kind.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
