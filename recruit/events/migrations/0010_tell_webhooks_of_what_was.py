from django.db import migrations

# What happened before there were webhooks is read from /events as well.
TELL = """
INSERT INTO events_pendingevent (id, event_id, reader)
SELECT gen_random_uuid(), told.id, 'webhooks'
  FROM (
    SELECT id FROM events_event
     WHERE kind NOT IN (
       'indexing_requested', 'skills_kept_apart', 'skills_proposed_again'
     )
     ORDER BY happened_at, id
  ) AS told
"""
FORGET = "DELETE FROM events_pendingevent WHERE reader = 'webhooks'"


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0009_numbers_and_kinds_of_webhooks'),
    ]

    operations = [migrations.RunSQL(TELL, FORGET)]
