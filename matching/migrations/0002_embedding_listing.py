from django.db import migrations

VIEW = """
CREATE VIEW matching_embedding_listing AS
SELECT 'candidate/' || candidate_id || '/' || encoder AS key, 'candidate' AS kind,
       candidate_id AS subject_id, encoder, text_digest, token_count, stamp
FROM matching_candidateembedding
UNION ALL
SELECT 'job/' || job_id || '/' || encoder, 'job',
       job_id, encoder, text_digest, token_count, stamp
FROM matching_jobembedding
UNION ALL
SELECT 'skill/' || skill_id || '/' || encoder, 'skill',
       skill_id, encoder, text_digest, token_count, stamp
FROM matching_skillembedding
"""


class Migration(migrations.Migration):

    dependencies = [("matching", "0001_tables")]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW matching_embedding_listing"),
    ]
