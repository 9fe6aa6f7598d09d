from django.db import migrations


class Migration(migrations.Migration):
    """Not logged: counting flushes nothing, and a crash empties the table."""

    dependencies = [("api", "0002_request_counts")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE api_requestcount SET UNLOGGED",
            "ALTER TABLE api_requestcount SET LOGGED",
        ),
        # Room on each page for the next version of a row that is counted up.
        migrations.RunSQL(
            "ALTER TABLE api_requestcount SET (fillfactor = 50)",
            "ALTER TABLE api_requestcount RESET (fillfactor)",
        ),
    ]
