"""The audit log: a table that takes rows from triggers, and loses and changes none."""

import django.contrib.postgres.fields
from django.db import migrations, models

# As PostgreSQL 18 makes them: in the order of time, so that the index grows at its end.
IDS = """
CREATE FUNCTION audit_next_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid()) PLACING
        substring(int8send(
          floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
        FROM 1 FOR 6),
      52, 1), 53, 1), 'hex')::uuid
$$
"""

TABLE = """
CREATE TABLE audit_entry (
  id uuid PRIMARY KEY DEFAULT audit_next_id(),
  happened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  action text NOT NULL,
  object_type text NOT NULL,
  object_id text NOT NULL,
  part text NOT NULL DEFAULT '',
  part_id text NOT NULL DEFAULT '',
  before jsonb,
  after jsonb,
  withheld text[] NOT NULL DEFAULT '{}',
  via text NOT NULL,
  actor_kind text NOT NULL,
  actor_id uuid,
  actor_name text NOT NULL,
  on_behalf_of_id uuid,
  address inet,
  request_id text
);
CREATE INDEX audit_by_object ON audit_entry (object_type, object_id, id);
CREATE INDEX audit_by_actor ON audit_entry (actor_id, id) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_on_behalf_of ON audit_entry (on_behalf_of_id, id)
  WHERE on_behalf_of_id IS NOT NULL;
CREATE INDEX audit_by_request ON audit_entry (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX audit_by_moment ON audit_entry USING brin (happened_at)
"""

REFUSAL = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log only grows: % is refused.', TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('happened_at', models.DateTimeField(verbose_name='moment')),
                ('action', models.CharField(choices=[('created', 'Created'), ('changed', 'Changed'), ('deleted', 'Deleted'), ('emptied', 'Table emptied')], max_length=10, verbose_name='action')),
                ('object_type', models.CharField(max_length=60, verbose_name='object')),
                ('object_id', models.CharField(max_length=60, verbose_name='id')),
                ('part', models.CharField(blank=True, max_length=60, verbose_name='part')),
                ('part_id', models.CharField(blank=True, max_length=60, verbose_name='id of the part')),
                ('before', models.JSONField(null=True, verbose_name='before')),
                ('after', models.JSONField(null=True, verbose_name='after')),
                ('withheld', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None, verbose_name='not kept')),
                ('via', models.CharField(choices=[('page', 'Page'), ('api', 'API'), ('admin', 'Admin site'), ('command', 'Command'), ('task', 'Task'), ('sql', 'SQL')], max_length=10, verbose_name='by way of')),
                ('actor_kind', models.CharField(choices=[('user', 'User'), ('token', 'Token'), ('system', 'System')], max_length=10)),
                ('actor_id', models.UUIDField(null=True)),
                ('actor_name', models.CharField(max_length=300)),
                ('on_behalf_of_id', models.UUIDField(null=True, verbose_name='on behalf of')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='address')),
                ('request_id', models.CharField(max_length=128, null=True, verbose_name='request')),
            ],
            options={
                'verbose_name': 'audit entry',
                'verbose_name_plural': 'audit log',
                'db_table': 'audit_entry',
                'managed': False,
            },
        ),
        migrations.RunSQL(IDS, "DROP FUNCTION audit_next_id()"),
        migrations.RunSQL(TABLE, "DROP TABLE audit_entry"),
        migrations.RunSQL(REFUSAL, "DROP FUNCTION audit_refuse() CASCADE"),
    ]
