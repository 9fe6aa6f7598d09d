from django.db import migrations


class Migration(migrations.Migration):
    """The table of Django's database cache, as `createcachetable` makes it."""

    dependencies = [("deployment", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="CREATE TABLE deployment_cache ("
            "cache_key varchar(255) NOT NULL PRIMARY KEY,"
            " value text NOT NULL,"
            " expires timestamp with time zone NOT NULL)",
            reverse_sql="DROP TABLE deployment_cache",
        ),
        migrations.RunSQL(
            sql="CREATE INDEX deployment_cache_expires"
            " ON deployment_cache (expires)",
            reverse_sql="DROP INDEX deployment_cache_expires",
        ),
    ]
