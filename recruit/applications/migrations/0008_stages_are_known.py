from django.db import migrations

# The standard stages are known by their codes, all others by their rows.
KNOWN = """
CREATE FUNCTION applications_know_stage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM applications_pipelinestage WHERE code = NEW.stage
    ) THEN
        RAISE EXCEPTION 'there is no stage with the code %', NEW.stage
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'applications_known_stage';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER applications_known_stage
    BEFORE INSERT OR UPDATE OF stage ON applications_application
    FOR EACH ROW
    WHEN (NEW.stage NOT IN ('applied', 'screening', 'interview', 'offer'))
    EXECUTE FUNCTION applications_know_stage();
"""
REMOVE = """
DROP TRIGGER applications_known_stage ON applications_application;
DROP FUNCTION applications_know_stage();
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0007_standard_stage_template")]

    operations = [migrations.RunSQL(KNOWN, REMOVE)]
