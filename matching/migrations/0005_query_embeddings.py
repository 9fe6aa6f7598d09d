import pgvector.django.halfvec
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("matching", "0004_candidate_terms")]

    operations = [
        migrations.CreateModel(
            name="QueryEmbedding",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "text_digest",
                        "encoder",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("text_digest", models.CharField(max_length=64)),
                ("encoder", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("vector", pgvector.django.halfvec.HalfVectorField(dimensions=384, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "query embedding",
                "verbose_name_plural": "query embeddings",
                "indexes": [
                    models.Index(fields=["asked_at"], name="query_embeddings_by_age")
                ],
            },
        ),
    ]
