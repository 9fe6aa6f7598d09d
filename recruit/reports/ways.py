"""The ways of applications through the stages of their jobs, as parts of a statement.

A move that was taken back never happened: neither it nor the undoing counts, and the
person stayed where they were, since they came there.

Each part is a common table expression that builds on those before it. `jobs` are the
jobs that the viewer may see, and `since` and `until` the period.
"""

from typing import LiteralString

from psycopg import sql


def within(moment: LiteralString) -> sql.Composed:
    """Return the condition that a moment lies in the period."""
    return sql.SQL(
        "(%(since)s::timestamptz IS NULL OR {moment} >= %(since)s)"
        " AND (%(until)s::timestamptz IS NULL OR {moment} < %(until)s)"
    ).format(moment=sql.SQL(moment))


BEGUN = within("a.applied_at")
HIRED = sql.SQL("a.outcome = 'hired' AND ") + within("a.ended_at")
# Active at some time of the period, or now.
STOOD = sql.SQL("""a.ended_at IS NULL OR (
    (%(until)s::timestamptz IS NULL OR a.applied_at < %(until)s)
    AND (%(since)s::timestamptz IS NULL OR a.ended_at >= %(since)s)
  )""")

# The source of the application or, where it names none, of the person.
OF_SOURCE = sql.SQL("""(%(source)s = '' OR %(source)s = coalesce(
    nullif(a.source, ''),
    (SELECT person.source FROM candidates_candidate person
     WHERE person.id = a.candidate_id)
  ))""")


def course(chosen: sql.Composable) -> sql.Composed:
    """Return the part that holds the applications of a condition."""
    return sql.SQL("""
course AS MATERIALIZED (
  SELECT a.id, a.job_id, a.candidate_id, a.source, a.applied_at, a.stage,
         a.stage_changed_at, a.outcome, a.ended_at
  FROM applications_application a
  WHERE a.job_id = ANY (%(jobs)s) AND ({chosen}) AND {of_source}
)""").format(chosen=chosen, of_source=OF_SOURCE)


# The moves that were not taken back. Here and below a part is kept once it was made,
# and has what its application has: without figures about the tables (just after many
# rows came) the database would make it again for each row of another part.
MOVE = sql.SQL("""
move AS MATERIALIZED (
  SELECT m.application_id, m.sequence, m.to_stage, m.to_outcome, m.moved_at,
         m.actor_kind, m.actor_id, course.job_id, course.applied_at, course.outcome,
         course.ended_at
  FROM applications_stagetransition m
  JOIN course ON course.id = m.application_id
  WHERE m.undoes_id IS NULL AND NOT EXISTS (
    SELECT FROM applications_stagetransition u WHERE u.undoes_id = m.id
  )
)""")

# Coming to a stage: to the first one with the application, to others by a move.
ARRIVAL = sql.SQL("""
first_move AS MATERIALIZED (
  SELECT DISTINCT ON (m.application_id) m.application_id, m.from_stage
  FROM applications_stagetransition m
  JOIN course ON course.id = m.application_id
  ORDER BY m.application_id, m.sequence
),
arrival AS MATERIALIZED (
  SELECT course.id, 0 AS sequence, coalesce(first.from_stage, course.stage) AS stage,
         course.applied_at AS arrived_at, course.job_id, course.applied_at,
         course.outcome, course.ended_at
  FROM course LEFT JOIN first_move first ON first.application_id = course.id
  UNION ALL
  SELECT application_id, sequence, to_stage, moved_at, job_id, applied_at, outcome,
         ended_at
  FROM move WHERE to_outcome = 'active'
)""")

# A time without interruption at one stage. Who comes back has another stay there. The
# last stay ends with the application; of an active one it goes on.
STAY = sql.SQL("""
told_arrival AS (
  SELECT *, lag(stage) OVER (PARTITION BY id ORDER BY sequence) AS stage_before
  FROM arrival
),
stay AS (
  SELECT id, job_id, stage, arrived_at AS entered_at,
         coalesce(
           lead(arrived_at) OVER (PARTITION BY id ORDER BY sequence), ended_at
         ) AS left_at
  FROM told_arrival
  WHERE stage IS DISTINCT FROM stage_before
)""")

# The place of each stage in its job, from 0. Many jobs share one order of stages.
PLACE = sql.SQL("""
place AS MATERIALIZED (
  SELECT job.job_id, one.stage, one.place, one.last_place
  FROM unnest(%(jobs)s::uuid[], %(orders)s::int[]) AS job (job_id, number)
  JOIN unnest(
    %(order_numbers)s::int[], %(order_stages)s::text[],
    %(order_places)s::int[], %(order_lasts)s::int[]
  ) AS one (number, stage, place, last_place) ON one.number = job.number
)""")

# The stages that somebody reached, once for each. A stage that was left out was not
# reached, and one that the job does not have is not told of.
REACHED = sql.SQL("""
reached AS MATERIALIZED (
  SELECT arrival.id, place.stage, place.place, place.last_place, arrival.job_id,
         arrival.applied_at, arrival.outcome, arrival.ended_at,
         max(place.place) OVER (PARTITION BY arrival.id) AS furthest
  FROM arrival
  JOIN place ON place.job_id = arrival.job_id AND place.stage = arrival.stage
  GROUP BY arrival.id, place.stage, place.place, place.last_place, arrival.job_id,
           arrival.applied_at, arrival.outcome, arrival.ended_at
)""")
