"""The groups of the pool as they were written, with who is in them today."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef
from psycopg import sql

from matching.conf import encoder_identity
from matching.groups.layout import Circle, circles
from matching.groups.typical import TypicalSkill, TypicalTitle
from matching.models import JobEmbedding, PoolGroup, PoolGrouping, PoolMember
from matching.queue import is_grouping
from recruit.accounts.models import User
from recruit.applications.queries import candidates_visible_to
from recruit.candidates.querysets import CandidateQuerySet
from recruit.jobs.models import Job

DRAWN = 40  # the largest groups; more circles would say nothing

# Of the mean size of a group.
THIN_BELOW, THICK_ABOVE = 0.5, 1.5


class Density(Enum):
    THIN = "thin"
    USUAL = "usual"
    THICK = "thick"


@dataclass(frozen=True, slots=True)
class Group:
    """People who do like work; the largest group is number 1."""

    number: int
    people: int
    share: float  # of everybody in a group
    density: Density
    open_jobs: int  # that are nearer to this group than to any other
    skills: list[TypicalSkill]
    titles: list[TypicalTitle]
    circle: Circle | None

    @property
    def title(self) -> str:
        """Return what most are called, or else can do; empty where neither is told."""
        if self.titles:
            return self.titles[0]["title"]
        return self.skills[0]["skill"] if self.skills else ""


@dataclass(frozen=True, slots=True)
class PoolMap:
    """The pool in groups, as of the day the groups were made."""

    made_at: datetime
    people: int
    groups: tuple[Group, ...]
    is_of_present_encoder: bool
    is_being_made: bool


def pool_map(viewer: User | None) -> PoolMap | None:
    """Return the groups with the people and open jobs that a viewer may see.

    None where no grouping was made. The queries are the same however many people.
    """
    grouping = PoolGrouping.objects.order_by("-made_at").first()
    if grouping is None:
        return None
    rows = PoolGroup.objects.filter(grouping_id=grouping.pk).defer("centre")
    groups = list(rows.order_by("number"))
    counted = _people_by_group(viewer)
    people = [counted.get(group.number, 0) for group in groups]
    jobs = _open_jobs_by_group(grouping, viewer)
    drawn = circles(_distances(grouping.pk), people[:DRAWN])
    everybody = sum(people)
    return PoolMap(
        made_at=grouping.made_at,
        people=everybody,
        is_of_present_encoder=grouping.encoder == encoder_identity(),
        is_being_made=is_grouping(),
        groups=tuple(
            Group(
                number=group.number,
                people=count,
                share=count / everybody if everybody else 0.0,
                density=density(count, mean=everybody / len(groups)),
                open_jobs=jobs.get(group.number, 0),
                skills=group.skills,
                titles=group.titles,
                circle=drawn[place] if place < len(drawn) else None,
            )
            for place, (group, count) in enumerate(zip(groups, people, strict=True))
        ),
    )


def density(people: int, *, mean: float) -> Density:
    """Return how thick the pool is at a group, against the mean size of all."""
    if people < THIN_BELOW * mean:
        return Density.THIN
    return Density.THICK if people > THICK_ABOVE * mean else Density.USUAL


def people_in(number: int, viewer: User | None) -> CandidateQuerySet:
    """Return the people of a group that a viewer may see."""
    members = PoolMember.objects.filter(group_number=number)
    visible = candidates_visible_to(viewer)
    return visible.filter(Exists(members.filter(candidate_id=OuterRef("pk"))))


def group_of_number(number: int) -> PoolGroup | None:
    """Return the stored group of a number."""
    grouping = PoolGrouping.objects.order_by("-made_at").first()
    if grouping is None:
        return None
    rows = PoolGroup.objects.filter(grouping_id=grouping.pk, number=number)
    return rows.defer("centre").first()


def _people_by_group(viewer: User | None) -> dict[int, int]:
    visible = candidates_visible_to(viewer).filter(pk=OuterRef("candidate_id"))
    rows = PoolMember.objects.filter(Exists(visible)).values("group_number")
    counted = rows.annotate(people=Count("candidate_id"))
    return dict(counted.values_list("group_number", "people"))


def _open_jobs_by_group(grouping: PoolGrouping, viewer: User | None) -> dict[int, int]:
    """Return how many open jobs are nearest to each group."""
    jobs = list(Job.objects.open().visible_to(viewer).values_list("pk", flat=True))
    statement = sql.SQL(
        """
        SELECT nearest.number, count(*)
        FROM {embeddings} e CROSS JOIN LATERAL (
            SELECT g.number FROM {groups} g WHERE g.grouping_id = %s
            ORDER BY g.centre <=> e.vector, g.number LIMIT 1
        ) nearest
        WHERE e.encoder = %s AND e.job_id = ANY(%s) GROUP BY nearest.number
        """
    ).format(
        embeddings=sql.Identifier(JobEmbedding._meta.db_table),
        groups=sql.Identifier(PoolGroup._meta.db_table),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [grouping.pk, grouping.encoder, jobs])
        return dict(cursor.fetchall())


def _distances(grouping_id: UUID) -> list[list[float]]:
    """Return the cosine distances of the largest groups, in their order."""
    statement = sql.SQL(
        """
        SELECT a.number, array_agg((a.centre <=> b.centre)::float8 ORDER BY b.number)
        FROM {groups} a JOIN {groups} b USING (grouping_id)
        WHERE grouping_id = %s AND a.number <= %s AND b.number <= %s
        GROUP BY a.number ORDER BY a.number
        """
    ).format(groups=sql.Identifier(PoolGroup._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(statement, [grouping_id, DRAWN, DRAWN])
        return [row[1] for row in cursor.fetchall()]
