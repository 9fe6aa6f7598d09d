from django.db import migrations, models

import recruit.common.ids


class Migration(migrations.Migration):
    """Give parked profiles a single key; they are found again by indexing."""

    dependencies = [("matching", "0002_embedding_listing")]

    operations = [
        migrations.DeleteModel(name="ParkedProfile"),
        migrations.CreateModel(
            name="ParkedProfile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=recruit.common.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("encoder", models.CharField(max_length=200)),
                ("stamp", models.DateTimeField()),
                ("reason", models.CharField(max_length=500)),
                ("parked_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "parked profile",
                "verbose_name_plural": "parked profiles",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_id", "encoder"),
                        name="parked_profiles_one_per_subject_and_encoder",
                    )
                ],
            },
        ),
    ]
