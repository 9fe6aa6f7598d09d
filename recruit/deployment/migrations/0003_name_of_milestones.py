from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("deployment", "0002_cache_table")]

    operations = [
        migrations.AlterModelOptions(
            name="milestone",
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
            },
        ),
    ]
