"""What is typical of the people of a group: skills against the whole pool, titles."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from typing import TypedDict
from uuid import UUID

from django.db import connection
from psycopg import sql

from matching.models import PoolMember
from recruit.candidates.models import Candidate, CandidateSkill, Experience
from recruit.skills.models import Skill

SKILLS_TOLD = 8
TITLES_TOLD = 5

# Fewer people than this, or a smaller part of a group, are not typical of it.
FEWEST_PEOPLE = 2
SMALLEST_PART = 0.05


class TypicalSkill(TypedDict):
    """A skill that is held more often in a group than in the pool."""

    skill_id: str
    skill: str
    people: int
    lift: float  # share of the group over share of the pool


class TypicalTitle(TypedDict):
    """What people of a group were called last."""

    title: str
    people: int


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """How many people of a group, and of the pool, hold a skill."""

    skill_id: UUID
    in_group: int
    in_pool: int


def typicality(held: HeldSkill, *, group: int, pool: int) -> float:
    """Return how much a skill says about a group: its share times the log of its lift.

    A skill that everybody holds says nothing, and neither does one that one person
    alone holds.
    """
    share = held.in_group / group
    return share * log2(lift(held, group=group, pool=pool))


def lift(held: HeldSkill, *, group: int, pool: int) -> float:
    """Return how many times as often a skill is held in a group as in the pool."""
    return (held.in_group / group) / (held.in_pool / pool)


def typical_skills(sizes: Mapping[int, int]) -> dict[int, list[TypicalSkill]]:
    """Return the most typical skills of each group, given the sizes by number."""
    pool = sum(sizes.values())
    chosen: dict[int, list[HeldSkill]] = {}
    for number, held in _held_skills().items():
        group = sizes[number]
        likely = [one for one in held if one.in_group >= SMALLEST_PART * group]
        scores = {one: typicality(one, group=group, pool=pool) for one in likely}
        ranked = sorted(likely, key=lambda one: (-scores[one], one.skill_id))
        chosen[number] = [one for one in ranked if scores[one] > 0][:SKILLS_TOLD]
    ids = {one.skill_id for held in chosen.values() for one in held}
    names = dict(Skill.objects.filter(pk__in=ids).values_list("pk", "name"))
    return {
        number: [
            TypicalSkill(
                skill_id=str(one.skill_id),
                skill=names[one.skill_id],
                people=one.in_group,
                lift=round(lift(one, group=sizes[number], pool=pool), 2),
            )
            for one in held
            if one.skill_id in names
        ]
        for number, held in chosen.items()
    }


def _held_skills() -> dict[int, list[HeldSkill]]:
    statement = sql.SQL(
        """
        WITH held AS (
            SELECT m.group_number, h.skill_id, count(*) AS people
            FROM {members} m JOIN {skills} h ON h.candidate_id = m.candidate_id
            GROUP BY m.group_number, h.skill_id
        ), pool AS (
            SELECT skill_id, sum(people)::bigint AS people FROM held GROUP BY skill_id
        )
        SELECT held.group_number, held.skill_id, held.people, pool.people
        FROM held JOIN pool USING (skill_id)
        WHERE held.people >= %s
        """
    ).format(
        members=sql.Identifier(PoolMember._meta.db_table),
        skills=sql.Identifier(CandidateSkill._meta.db_table),
    )
    found: dict[int, list[HeldSkill]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, [FEWEST_PEOPLE])
        for number, *counts in cursor.fetchall():
            found.setdefault(number, []).append(HeldSkill(*counts))
    return found


def typical_titles() -> dict[int, list[TypicalTitle]]:
    """Return the most common last titles of each group, whatever their case.

    Who worked nowhere counts with the headline.
    """
    statement = sql.SQL(
        """
        WITH last AS (
            SELECT DISTINCT ON (candidate_id) candidate_id, title
            FROM {experience} ORDER BY candidate_id, position, id
        ), told AS (
            SELECT m.group_number, coalesce(last.title, c.headline) AS title
            FROM {members} m
            JOIN {candidates} c ON c.id = m.candidate_id
            LEFT JOIN last ON last.candidate_id = m.candidate_id
        ), counted AS (
            SELECT group_number, min(title) AS title, count(*) AS people,
                   row_number() OVER (
                       PARTITION BY group_number ORDER BY count(*) DESC, lower(title)
                   ) AS place
            FROM told WHERE title <> '' GROUP BY group_number, lower(title)
        )
        SELECT group_number, title, people FROM counted
        WHERE place <= %s ORDER BY group_number, place
        """
    ).format(
        members=sql.Identifier(PoolMember._meta.db_table),
        experience=sql.Identifier(Experience._meta.db_table),
        candidates=sql.Identifier(Candidate._meta.db_table),
    )
    found: dict[int, list[TypicalTitle]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, [TITLES_TOLD])
        for number, title, people in cursor.fetchall():
            found.setdefault(number, []).append(
                TypicalTitle(title=title, people=people)
            )
    return found
