"""Log every change of notes and of talent pools, and of what their bodies show.

Beside the triggers of `0002_triggers`, on the same tables too, each by a name of its
own.
"""

from django.db import migrations

# Of one row and transaction there is one entry: what it knows is added up.
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
# Jobs that may hide who applied: the rule of all, or that of the job.
HIDES = """(
    EXISTS (SELECT FROM applications_blindpolicy WHERE is_enforced)
    OR EXISTS (SELECT FROM applications_blindreview b WHERE b.job_id = n.job_id)
)"""

NOTES = f"""
CREATE FUNCTION changes_of_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT 'note', id FROM new_rows ON CONFLICT DO NOTHING;
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT 'note', id FROM new_rows ON CONFLICT DO NOTHING;
        INSERT INTO changes_change AS c (kind, row_id, gone, was_open, was_named)
        SELECT 'note', w.id, 'deleted',
            w.job_id IS NULL OR coalesce(NOT o.confidential, false),
            CASE WHEN o.id IS NULL THEN '{{}}'::uuid[] ELSE {NAMED} END
        FROM old_rows w JOIN new_rows n USING (id)
        LEFT JOIN jobs_job o ON o.id = w.job_id
        WHERE w.deleted_at IS NULL AND n.deleted_at IS NOT NULL
        {ADD_UP};
    ELSE
        -- Of one that was deleted before, that was told then.
        INSERT INTO changes_change AS c (kind, row_id, gone, was_open, was_named)
        SELECT 'note', w.id, 'deleted',
            w.job_id IS NULL OR coalesce(NOT o.confidential, false),
            CASE WHEN o.id IS NULL THEN '{{}}'::uuid[] ELSE {NAMED} END
        FROM old_rows w LEFT JOIN jobs_job o ON o.id = w.job_id
        WHERE w.deleted_at IS NULL
        {ADD_UP};
    END IF;
    RETURN NULL;
END $$;
"""

# Who may see a job may read its notes.
NOTES_OF_JOBS = f"""
CREATE FUNCTION changes_of_notes_of_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO changes_change AS c (kind, row_id, was_open, was_named)
        SELECT 'note', w.id, NOT o.confidential, {NAMED}
        FROM old_rows o JOIN new_rows n USING (id)
        JOIN notes_note w ON w.job_id = o.id
        WHERE (o.confidential, o.hiring_manager_id)
            IS DISTINCT FROM (n.confidential, n.hiring_manager_id)
        {ADD_UP};
    ELSE
        -- The job may go before its notes, in the same transaction.
        INSERT INTO changes_change AS c (kind, row_id, gone, was_open, was_named)
        SELECT 'note', w.id, 'deleted', NOT o.confidential, {NAMED}
        FROM old_rows o JOIN notes_note w ON w.job_id = o.id
        WHERE w.deleted_at IS NULL
        {ADD_UP};
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION changes_of_notes_of_recruiters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT DISTINCT 'note', w.id FROM new_rows n
        JOIN jobs_job j ON j.id = n.job_id AND j.confidential
        JOIN notes_note w ON w.job_id = j.id
        ON CONFLICT DO NOTHING;
    ELSE
        INSERT INTO changes_change AS c (kind, row_id, was_open, was_named)
        SELECT 'note', w.id, false, o.named
        FROM (
            SELECT job_id, array_agg(user_id) AS named FROM old_rows GROUP BY job_id
        ) o
        JOIN jobs_job j ON j.id = o.job_id AND j.confidential
        JOIN notes_note w ON w.job_id = j.id
        {ADD_UP};
    END IF;
    RETURN NULL;
END $$;
"""

# Of whom a note is, and what it says of them, follows from what the job hides.
NOTES_OF_HIDDEN = f"""
CREATE FUNCTION changes_of_hidden_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT 'note', n.id FROM notes_note n JOIN new_rows r ON r.job_id = n.job_id
        WHERE n.candidate_id IS NOT NULL ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT 'note', n.id FROM notes_note n JOIN old_rows r ON r.job_id = n.job_id
        WHERE n.candidate_id IS NOT NULL ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION changes_of_all_hidden_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes_change (kind, row_id)
    SELECT 'note', id FROM notes_note
    WHERE job_id IS NOT NULL AND candidate_id IS NOT NULL ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION changes_of_notes_by_stages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes_change (kind, row_id)
    SELECT 'note', n.id FROM notes_note n
    WHERE n.candidate_id IS NOT NULL AND {HIDES} ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION changes_of_notes_by_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT 'note', n.id FROM notes_note n
        JOIN new_rows r ON r.job_id = n.job_id AND r.candidate_id = n.candidate_id
        WHERE {HIDES} ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT 'note', n.id FROM notes_note n
        JOIN old_rows r ON r.job_id = n.job_id AND r.candidate_id = n.candidate_id
        WHERE {HIDES} ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
"""

# One that is not shared is seen by its owner alone, as a confidential job by those whom
# it names.
POOLS = f"""
CREATE FUNCTION changes_of_pools() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO changes_change (kind, row_id)
        SELECT 'talent_pool', id FROM new_rows ON CONFLICT DO NOTHING;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO changes_change AS c (
            kind, row_id, was_open, was_named, sorted_before
        )
        SELECT 'talent_pool', o.id, o.is_shared, ARRAY[o.owner_id],
            jsonb_build_object('name', o.name, 'changed_at', o.changed_at)
        FROM old_rows o
        {ADD_UP};
    ELSE
        INSERT INTO changes_change AS c (kind, row_id, gone, was_open, was_named)
        SELECT 'talent_pool', o.id, 'deleted', o.is_shared, ARRAY[o.owner_id]
        FROM old_rows o
        {ADD_UP};
    END IF;
    RETURN NULL;
END $$;

-- The body holds the name of the owner, and how many people are in it.
CREATE FUNCTION changes_of_pools_of_users() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes_change (kind, row_id)
    SELECT 'talent_pool', p.id FROM old_rows o JOIN new_rows n USING (id)
    JOIN talent_talentpool p ON p.owner_id = o.id
    WHERE o.name <> n.name ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION changes_of_pools_of_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes_change (kind, row_id)
    SELECT DISTINCT 'talent_pool', m.pool_id FROM old_rows o JOIN new_rows n USING (id)
    JOIN talent_poolmembership m ON m.candidate_id = o.id
    WHERE o.erased_at IS DISTINCT FROM n.erased_at ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
"""

FUNCTIONS = [NOTES, NOTES_OF_JOBS, NOTES_OF_HIDDEN, POOLS]
ALL = ("insert", "update", "delete")
ROWS = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}
# A table, what is called, and after what.
CALLS = [
    ("notes_note", "changes_of_notes()", ALL),
    # Who was told of a note, not when they read it.
    ("notes_mention", "changes_of_parts('note', 'note_id')", ("insert", "delete")),
    ("jobs_job", "changes_of_notes_of_jobs()", ("update", "delete")),
    (
        "jobs_job_recruiters",
        "changes_of_notes_of_recruiters()",
        ("insert", "delete"),
    ),
    ("applications_blindreview", "changes_of_hidden_notes()", ALL),
    ("applications_jobtemplate", "changes_of_hidden_notes()", ALL),
    ("applications_blindpolicy", "changes_of_all_hidden_notes()", ALL),
    ("applications_stagetemplate", "changes_of_notes_by_stages()", ALL),
    ("applications_templatestage", "changes_of_notes_by_stages()", ALL),
    ("applications_pipelinestage", "changes_of_notes_by_stages()", ALL),
    ("applications_application", "changes_of_notes_by_moves()", ALL),
    ("talent_talentpool", "changes_of_pools()", ALL),
    (
        "talent_poolmembership",
        "changes_of_parts('talent_pool', 'pool_id')",
        ("insert", "delete"),
    ),
    (
        "talent_poolsearch",
        "changes_of_parts('talent_pool', 'pool_id')",
        ("insert", "delete"),
    ),
    ("accounts_user", "changes_of_pools_of_users()", ("update",)),
    ("candidates_candidate", "changes_of_pools_of_people()", ("update",)),
]


def trigger(table: str, call: str, event: str) -> migrations.RunSQL:
    name = f"changes_of_notes_and_pools_on_{event}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {ROWS[event]}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {call}",
        f"DROP TRIGGER {name} ON {table}",
    )


def function(sql: str) -> migrations.RunSQL:
    names = [part.split("(")[0] for part in sql.split("CREATE FUNCTION ")[1:]]
    return migrations.RunSQL(sql, "".join(f"DROP FUNCTION {one}();" for one in names))


class Migration(migrations.Migration):
    dependencies = [
        ("changes", "0002_triggers"),
        ("accounts", "0001_initial"),
        ("applications", "0009_blind_review"),
        ("candidates", "0005_checked_codes"),
        ("jobs", "0004_criteria_versions"),
        ("notes", "0002_tag_version"),
        ("talent", "0002_visits_and_searches_of_pools"),
    ]
    operations = [
        *(function(sql) for sql in FUNCTIONS),
        *(trigger(table, call, event) for table, call, on in CALLS for event in on),
    ]
