"""The log of changed rows: one entry for a row and the transaction that changed it."""

from django.db import migrations

# Tables without a model: a transaction id is no type of Django's, the key has three
# columns, and nothing but `recruit.changes` reads them.
FORWARDS = """
CREATE TABLE changes_change (
    kind varchar(20) NOT NULL,
    changed_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    row_id uuid NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    gone varchar(10) NOT NULL DEFAULT '',
    kept_id uuid,
    was_open boolean NOT NULL DEFAULT false,
    was_named uuid[] NOT NULL DEFAULT '{}',
    sorted_before jsonb,
    PRIMARY KEY (kind, changed_in, row_id)
);
CREATE TABLE changes_state (
    is_the_one boolean PRIMARY KEY DEFAULT true CHECK (is_the_one),
    epoch uuid NOT NULL DEFAULT gen_random_uuid(),
    database text NOT NULL,
    forgotten_to xid8 NOT NULL DEFAULT '0'
);
INSERT INTO changes_state (database)
SELECT concat_ws('/', s.system_identifier, p.timeline_id, d.oid,
                 'changes_change'::regclass::oid)
FROM pg_control_system() s, pg_control_checkpoint() p, pg_database d
WHERE d.datname = current_database();
"""

BACKWARDS = "DROP TABLE changes_change; DROP TABLE changes_state;"


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
