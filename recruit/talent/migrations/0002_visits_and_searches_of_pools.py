import django.core.validators
import django.db.models.deletion
import recruit.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Remember visits of rankings, and saved searches in talent pools."""

    dependencies = [
        ('jobs', '0004_criteria_versions'),
        ('talent', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PoolSearch',
            fields=[
                ('id', models.UUIDField(default=recruit.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.CharField(blank=True, default='', max_length=200, validators=[django.core.validators.ProhibitNullCharactersValidator()])),
                ('pool', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='searches', to='talent.talentpool')),
                ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pools', to='talent.savedsearch')),
            ],
            options={
                'verbose_name': 'saved search of a talent pool',
                'verbose_name_plural': 'saved searches of talent pools',
                'constraints': [models.UniqueConstraint(fields=('pool', 'search'), name='pool_searches_one_per_pool_and_search')],
            },
        ),
        migrations.CreateModel(
            name='RankingVisit',
            fields=[
                ('id', models.UUIDField(default=recruit.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('visited_at', models.DateTimeField()),
                ('job', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='ranking_visits', to='jobs.job')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'visit of a ranking',
                'verbose_name_plural': 'visits of rankings',
                'constraints': [models.UniqueConstraint(fields=('job', 'user'), name='ranking_visits_one_per_job_and_user')],
            },
        ),
    ]
