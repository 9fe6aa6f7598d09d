from django.db import migrations

PEOPLE = """
UPDATE matching_candidatesearch s
   SET place = c.place,
       years_of_experience = c.years_of_experience,
       changed_at = c.updated_at
  FROM candidates_candidate c
 WHERE c.id = s.candidate_id
"""
HISTORY = """
UPDATE matching_candidatesearch s
   SET history = told.codes
  FROM (
        SELECT candidate_id, array_agg(DISTINCT code ORDER BY code) AS codes
          FROM (
                SELECT a.candidate_id, 'stage:' || a.stage AS code
                  FROM applications_application a
                  JOIN jobs_job j ON j.id = a.job_id AND NOT j.confidential
                UNION
                SELECT a.candidate_id, 'outcome:' || a.outcome
                  FROM applications_application a
                  JOIN jobs_job j ON j.id = a.job_id AND NOT j.confidential
                 WHERE a.outcome <> 'active'
               ) codes
         GROUP BY candidate_id
       ) told
 WHERE told.candidate_id = s.candidate_id
"""


class Migration(migrations.Migration):
    """Write the new facts into the rows there are, as the worker would."""

    dependencies = [
        ("matching", "0008_facts_of_search_rows"),
        ("candidates", "0005_checked_codes"),
        ("applications", "0001_initial"),
        ("jobs", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(PEOPLE, migrations.RunSQL.noop),
        migrations.RunSQL(HISTORY, migrations.RunSQL.noop),
    ]
