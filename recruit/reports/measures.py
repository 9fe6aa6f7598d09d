"""What each report counts: a statement that gives one row for each thing counted.

A figure is made from these rows, and the rows behind it are the same, so that the two
cannot differ. A row has a line, a kind, a job, an application (but for what is about a
job), a beginning, and an end (none for what goes on).
"""

from dataclasses import dataclass

from psycopg import sql

from recruit.reports.ways import (
    ARRIVAL,
    BEGUN,
    HIRED,
    MOVE,
    PLACE,
    REACHED,
    STAY,
    STOOD,
    course,
    within,
)


@dataclass(frozen=True, slots=True)
class Entries:
    """The parts that a statement needs, and the statement."""

    parts: tuple[sql.Composable, ...]
    rows: sql.Composable


# Two for each hire: from contact, from opening. First contact is the day the person
# came into this job's pipeline. Opening is the last one before the hire; of a hire
# from before any opening, the day the job was made.
FILLS = Entries(
    (course(HIRED),),
    sql.SQL("""
SELECT CASE WHEN %(by_job)s THEN job.requisition_code ELSE job.department END,
       told.kind, course.job_id, course.id, told.began_at, course.ended_at
FROM course
JOIN jobs_job job ON job.id = course.job_id
CROSS JOIN LATERAL (
  VALUES ('from_contact', course.applied_at),
         ('from_opening', coalesce((
           SELECT max(opening.opened_at)
           FROM unnest(%(opening_jobs)s::uuid[], %(opening_moments)s::timestamptz[])
             AS opening (job_id, opened_at)
           WHERE opening.job_id = course.job_id
             AND opening.opened_at <= course.ended_at
         ), job.created_at))
) AS told (kind, began_at)
"""),
)

# Each stay that ended in the period, and each that goes on. Who stands in the pipeline
# of a closed job waits for nothing and is left out.
STAGE_STAYS = Entries(
    (course(STOOD), MOVE, ARRIVAL, STAY),
    sql.SQL("""
SELECT stay.stage, CASE WHEN stay.left_at IS NULL THEN 'standing' ELSE 'left' END,
       stay.job_id, stay.id, stay.entered_at, stay.left_at
FROM stay JOIN jobs_job job ON job.id = stay.job_id
WHERE CASE WHEN stay.left_at IS NULL THEN job.status <> 'closed' ELSE
  {left_at}
END
""").format(left_at=within("stay.left_at")),
)

# One for each stage that somebody who came in the period reached.
STAGE_RESULTS = Entries(
    (course(BEGUN), MOVE, ARRIVAL, PLACE, REACHED),
    sql.SQL("""
SELECT reached.stage,
       CASE WHEN reached.outcome = 'hired' OR reached.place < reached.furthest
              THEN 'passed'
            WHEN reached.outcome IN ('rejected', 'withdrawn') THEN reached.outcome
            ELSE 'under_way' END,
       reached.job_id, reached.id, reached.applied_at, reached.ended_at
FROM reached
"""),
)

# One for each application of the period, by where it came from, counted by how far it
# came: hired, to the last stage of the job, past the first one, or no further.
SOURCE_RESULTS = Entries(
    (course(BEGUN), MOVE, ARRIVAL, PLACE, REACHED),
    sql.SQL("""
SELECT coalesce(nullif(course.source, ''), person.source),
       CASE WHEN course.outcome = 'hired' THEN 'hired'
            WHEN far.furthest = far.last_place THEN 'at_last'
            WHEN far.furthest > 0 THEN 'further'
            ELSE 'came' END,
       course.job_id, course.id, course.applied_at, course.ended_at
FROM course
JOIN candidates_candidate person ON person.id = course.candidate_id
LEFT JOIN (SELECT DISTINCT id, furthest, last_place FROM reached) far
  ON far.id = course.id
"""),
)

# What each recruiter has to do now, and did in the period. A job that names two
# recruiters is work of both; one that names none is a line of its own. Moves count for
# whoever made them, unless they were taken back.
WORKLOAD = Entries(
    (
        course(STOOD),
        MOVE,
        sql.SQL("""
work AS (
  SELECT job.id AS job_id, job.status, job.created_at,
         coalesce(named.user_id::text, '') AS line
  FROM jobs_job job LEFT JOIN jobs_job_recruiters named ON named.job_id = job.id
  WHERE job.id = ANY (%(jobs)s)
)"""),
    ),
    sql.SQL("""
SELECT line, 'open_job', job_id, NULL::uuid, created_at, NULL::timestamptz
FROM work WHERE status = 'open'
UNION ALL
SELECT work.line,
       CASE WHEN course.stage_changed_at < %(waits_since)s THEN 'waiting'
            ELSE 'moving' END,
       course.job_id, course.id, course.stage_changed_at, course.ended_at
FROM course JOIN work USING (job_id)
WHERE course.outcome = 'active' AND work.status = 'open'
UNION ALL
SELECT work.line, 'hired', course.job_id, course.id, course.applied_at, course.ended_at
FROM course JOIN work USING (job_id)
WHERE course.outcome = 'hired'
  AND {ended_at}
UNION ALL
SELECT move.actor_id::text, 'moved', move.job_id, move.application_id, move.moved_at,
       move.moved_at
FROM move
WHERE move.actor_kind = 'user' AND move.actor_id IS NOT NULL
  AND {moved_at}
""").format(ended_at=within("course.ended_at"), moved_at=within("move.moved_at")),
)
