"""Log every change of jobs, candidates, applications and skills, and of their parts.

By triggers, once for each statement, so that no write goes around them. Only ordinary
tables have them, none that a cluster would distribute.
"""

from django.db import migrations

# Of one row and transaction there is one entry: what it knows is added up. It is the
# transaction's own, so nobody ever waits here for anybody.
ADD_UP = """
ON CONFLICT (kind, changed_in, row_id) DO UPDATE SET
    gone = coalesce(nullif(EXCLUDED.gone, ''), c.gone),
    was_open = c.was_open OR EXCLUDED.was_open,
    was_named = c.was_named || EXCLUDED.was_named,
    sorted_before = coalesce(c.sorted_before, EXCLUDED.sorted_before)
"""
NAMED = """array_remove(o.hiring_manager_id || ARRAY(
    SELECT r.user_id FROM jobs_job_recruiters r WHERE r.job_id = o.id
), NULL)"""

PARTS = """
CREATE FUNCTION changes_of_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- TG_ARGV: the kind of the parent, the column that names it
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format(
            'INSERT INTO changes_change (kind, row_id)
             SELECT DISTINCT %L, %I FROM new_rows ON CONFLICT DO NOTHING',
            TG_ARGV[0], TG_ARGV[1]);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format(
            'INSERT INTO changes_change (kind, row_id)
             SELECT DISTINCT %L, %I FROM old_rows ON CONFLICT DO NOTHING',
            TG_ARGV[0], TG_ARGV[1]);
    END IF;
    RETURN NULL;
END $$;
"""

CANDIDATES = f"""
CREATE FUNCTION changes_of_candidates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT 'candidate', id FROM new_rows ON CONFLICT DO NOTHING;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO changes_change AS c (kind, row_id, gone, was_open, sorted_before)
        SELECT 'candidate', o.id,
            CASE WHEN o.erased_at IS NULL AND n.erased_at IS NOT NULL
                THEN 'erased' ELSE '' END,
            o.erased_at IS NULL,
            jsonb_build_object('updated_at', o.updated_at)
        FROM old_rows o JOIN new_rows n USING (id)
        {ADD_UP};
    ELSE
        INSERT INTO changes_change AS c (kind, row_id, gone, was_open)
        SELECT 'candidate', o.id, 'deleted', o.erased_at IS NULL FROM old_rows o
        {ADD_UP};
    END IF;
    RETURN NULL;
END $$;
"""

# Who may see a job may see its applications; both are told when that changes.
JOBS = f"""
CREATE FUNCTION changes_of_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT 'job', id FROM new_rows ON CONFLICT DO NOTHING;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO changes_change AS c (kind, row_id, sorted_before)
        SELECT 'job', o.id, jsonb_build_object('updated_at', o.updated_at)
        FROM old_rows o
        {ADD_UP};
        INSERT INTO changes_change AS c (kind, row_id, was_open, was_named)
        SELECT told.kind, told.id, NOT o.confidential, {NAMED}
        FROM old_rows o JOIN new_rows n USING (id)
        CROSS JOIN LATERAL (
            SELECT 'job' AS kind, o.id UNION ALL
            SELECT 'application', a.id FROM applications_application a
            WHERE a.job_id = o.id
        ) told
        WHERE (o.confidential, o.hiring_manager_id)
            IS DISTINCT FROM (n.confidential, n.hiring_manager_id)
        {ADD_UP};
    ELSE
        INSERT INTO changes_change AS c (kind, row_id, gone, was_open, was_named)
        SELECT 'job', o.id, 'deleted', NOT o.confidential, {NAMED} FROM old_rows o
        {ADD_UP};
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION changes_of_recruiters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT DISTINCT 'job', job_id FROM new_rows ON CONFLICT DO NOTHING;
        INSERT INTO changes_change (kind, row_id)
        SELECT DISTINCT 'application', a.id FROM new_rows n
        JOIN jobs_job j ON j.id = n.job_id AND j.confidential
        JOIN applications_application a ON a.job_id = j.id
        ON CONFLICT DO NOTHING;
    ELSE
        INSERT INTO changes_change AS c (kind, row_id, was_open, was_named)
        SELECT told.kind, told.id, NOT j.confidential, o.named
        FROM (
            SELECT job_id, array_agg(user_id) AS named FROM old_rows GROUP BY job_id
        ) o
        JOIN jobs_job j ON j.id = o.job_id
        CROSS JOIN LATERAL (
            SELECT 'job' AS kind, j.id UNION ALL
            SELECT 'application', a.id FROM applications_application a
            WHERE a.job_id = j.id AND j.confidential
        ) told
        {ADD_UP};
    END IF;
    RETURN NULL;
END $$;
"""

APPLICATIONS = f"""
CREATE FUNCTION changes_of_applications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT 'application', id FROM new_rows ON CONFLICT DO NOTHING;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO changes_change AS c (kind, row_id, sorted_before)
        SELECT 'application', o.id, jsonb_build_object('updated_at', o.updated_at)
        FROM old_rows o
        {ADD_UP};
    ELSE
        INSERT INTO changes_change AS c (kind, row_id, gone, was_open, was_named)
        SELECT 'application', a.id, 'deleted', NOT o.confidential, {NAMED}
        FROM old_rows a JOIN jobs_job o ON o.id = a.job_id
        {ADD_UP};
    END IF;
    RETURN NULL;
END $$;

-- What a job hides of its people stands in the body of its applications.
CREATE FUNCTION changes_of_blindness() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT 'application', a.id FROM applications_application a
        JOIN new_rows n ON n.job_id = a.job_id ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT 'application', a.id FROM applications_application a
        JOIN old_rows o ON o.job_id = a.job_id ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION changes_of_blind_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes_change (kind, row_id)
    SELECT 'application', id FROM applications_application ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

-- Which stages show names depends on the order of a template and on their kinds.
CREATE FUNCTION changes_of_stages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes_change (kind, row_id)
    SELECT 'application', a.id FROM applications_application a
    WHERE EXISTS (SELECT FROM applications_blindpolicy WHERE is_enforced)
        OR EXISTS (SELECT FROM applications_blindreview b WHERE b.job_id = a.job_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
"""

SKILLS = f"""
CREATE FUNCTION changes_of_skills() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT 'skill', id FROM new_rows ON CONFLICT DO NOTHING;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO changes_change AS c (kind, row_id, sorted_before)
        SELECT 'skill', o.id, jsonb_build_object('name', o.name) FROM old_rows o
        {ADD_UP};
        -- Bodies of people and jobs hold the names of their skills.
        INSERT INTO changes_change (kind, row_id)
        SELECT DISTINCT 'candidate', h.candidate_id
        FROM old_rows o JOIN new_rows n USING (id)
        JOIN candidates_candidateskill h ON h.skill_id = o.id
        WHERE o.name <> n.name ON CONFLICT DO NOTHING;
        INSERT INTO changes_change (kind, row_id)
        SELECT DISTINCT 'job', r.job_id
        FROM old_rows o JOIN new_rows n USING (id)
        JOIN jobs_jobskill r ON r.skill_id = o.id
        WHERE o.name <> n.name ON CONFLICT DO NOTHING;
    ELSE
        INSERT INTO changes_change AS c (kind, row_id, gone, was_open)
        SELECT 'skill', o.id, 'deleted', true FROM old_rows o
        {ADD_UP};
    END IF;
    RETURN NULL;
END $$;
"""

FUNCTIONS = [PARTS, CANDIDATES, JOBS, APPLICATIONS, SKILLS]
CALLS = {
    "candidates_candidate": "changes_of_candidates()",
    "candidates_candidateskill": "changes_of_parts('candidate', 'candidate_id')",
    "candidates_experience": "changes_of_parts('candidate', 'candidate_id')",
    "candidates_education": "changes_of_parts('candidate', 'candidate_id')",
    "candidates_candidatelanguage": "changes_of_parts('candidate', 'candidate_id')",
    "candidates_document": "changes_of_parts('candidate', 'candidate_id')",
    "jobs_job": "changes_of_jobs()",
    "jobs_jobskill": "changes_of_parts('job', 'job_id')",
    "jobs_job_recruiters": "changes_of_recruiters()",
    "applications_application": "changes_of_applications()",
    "applications_stagetransition": "changes_of_parts('application', 'application_id')",
    "applications_blindreview": "changes_of_blindness()",
    "applications_jobtemplate": "changes_of_blindness()",
    "applications_blindpolicy": "changes_of_blind_policy()",
    "applications_stagetemplate": "changes_of_stages()",
    "applications_templatestage": "changes_of_stages()",
    "applications_pipelinestage": "changes_of_stages()",
    "skills_skill": "changes_of_skills()",
    "skills_skilllabel": "changes_of_parts('skill', 'skill_id')",
}
ROWS = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}


def trigger(table: str, event: str) -> migrations.RunSQL:
    name = f"changes_on_{event}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {ROWS[event]}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {CALLS[table]}",
        f"DROP TRIGGER {name} ON {table}",
    )


def function(sql: str) -> migrations.RunSQL:
    names = [part.split("(")[0] for part in sql.split("CREATE FUNCTION ")[1:]]
    return migrations.RunSQL(sql, "".join(f"DROP FUNCTION {one}();" for one in names))


class Migration(migrations.Migration):
    dependencies = [
        ("changes", "0001_log_of_changes"),
        ("candidates", "0005_checked_codes"),
        ("jobs", "0004_criteria_versions"),
        ("applications", "0009_blind_review"),
        ("skills", "0002_label_found_in_text"),
    ]
    operations = [
        *(function(sql) for sql in FUNCTIONS),
        *(trigger(table, event) for table in CALLS for event in ROWS),
    ]
