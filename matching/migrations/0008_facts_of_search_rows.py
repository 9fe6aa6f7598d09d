import django.contrib.postgres.fields
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep beside the words what rankings are narrowed and sorted by."""

    dependencies = [("matching", "0007_derived_tables")]

    operations = [
        migrations.AddField(
            model_name="candidatesearch",
            name="changed_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="candidatesearch",
            name="history",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="candidatesearch",
            name="place",
            field=models.CharField(blank=True, default="", max_length=255),
        ),
        migrations.AddField(
            model_name="candidatesearch",
            name="years_of_experience",
            field=models.DecimalField(decimal_places=1, max_digits=4, null=True),
        ),
    ]
