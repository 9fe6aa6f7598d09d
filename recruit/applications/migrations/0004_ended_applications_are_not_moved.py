from django.db import migrations

# A check constraint sees one row as it is; this rule is about what it was before.
KEEP_ENDED = """
CREATE FUNCTION applications_keep_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stage <> OLD.stage OR NEW.outcome NOT IN (OLD.outcome, 'active') THEN
        RAISE EXCEPTION 'an application that ended as % is moved nowhere but back',
            OLD.outcome
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'applications_ended_are_not_moved';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER applications_ended_are_not_moved
    BEFORE UPDATE OF stage, outcome ON applications_application
    FOR EACH ROW WHEN (OLD.outcome <> 'active')
    EXECUTE FUNCTION applications_keep_ended();
"""
REMOVE = """
DROP TRIGGER applications_ended_are_not_moved ON applications_application;
DROP FUNCTION applications_keep_ended();
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_batches_of_moves")]

    operations = [migrations.RunSQL(KEEP_ENDED, REMOVE)]
