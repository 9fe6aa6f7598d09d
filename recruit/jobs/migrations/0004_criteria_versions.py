import django.db.models.deletion
import recruit.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep what a job required before its requirements changed."""

    dependencies = [("jobs", "0003_job_family")]

    operations = [
        migrations.CreateModel(
            name="CriteriaVersion",
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
                ("number", models.PositiveIntegerField()),
                ("requirements", models.JSONField()),
                ("made_at", models.DateTimeField()),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[
                            ("user", "User"),
                            ("token", "Token"),
                            ("system", "System"),
                        ],
                        max_length=10,
                    ),
                ),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_name", models.CharField(max_length=255)),
                (
                    "job",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria_versions",
                        to="jobs.job",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of criteria",
                "verbose_name_plural": "versions of criteria",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("job", "number"),
                        name="criteria_versions_one_per_number",
                    )
                ],
            },
        ),
    ]
