import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import recruit.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep the terms of profile texts, and in how many of them each stands."""

    dependencies = [
        ('matching', '0003_parked_profile_key'),
    ]

    operations = [
        migrations.CreateModel(
            name='TermChange',
            fields=[
                ('id', models.UUIDField(default=recruit.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('terms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None)),
                ('changes', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
            options={
                'verbose_name': 'change of term counts',
                'verbose_name_plural': 'changes of term counts',
            },
        ),
        migrations.CreateModel(
            name='TermCount',
            fields=[
                ('term', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('people', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'term count',
                'verbose_name_plural': 'term counts',
            },
        ),
        migrations.CreateModel(
            name='CandidateTerms',
            fields=[
                ('candidate_id', models.UUIDField(primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField()),
                ('text_digest', models.CharField(max_length=64)),
                ('length', models.PositiveIntegerField()),
                ('terms', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'verbose_name': 'terms of a candidate',
                'verbose_name_plural': 'terms of candidates',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['terms'], name='candidate_terms_terms')],
            },
        ),
    ]
