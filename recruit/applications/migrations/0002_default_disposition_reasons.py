from django.db import migrations

REASONS = [
    ("requirements-not-met", "Requirements not met", "rejected"),
    ("another-candidate-chosen", "Another candidate was chosen", "rejected"),
    ("experience-does-not-fit", "Experience does not fit the level", "rejected"),
    ("salary-expectation", "Salary expectation outside the range", "rejected"),
    ("no-work-permit", "No permit to work here", "rejected"),
    ("job-cancelled", "The job was cancelled", "rejected"),
    ("no-answer", "No answer from the candidate", "rejected"),
    ("withdrew-other-offer", "Took another offer", "withdrawn"),
    ("withdrew-salary", "Salary too low", "withdrawn"),
    ("withdrew-location", "Place or remote policy", "withdrawn"),
    ("withdrew-personal", "Personal reasons", "withdrawn"),
]


def add_reasons(apps, schema_editor):
    reason_model = apps.get_model("applications", "DispositionReason")
    reason_model.objects.bulk_create(
        [
            reason_model(code=code, label=label, outcome=outcome, position=position)
            for position, (code, label, outcome) in enumerate(REASONS)
        ],
        ignore_conflicts=True,
    )


def remove_unused_reasons(apps, schema_editor):
    reason_model = apps.get_model("applications", "DispositionReason")
    codes = [code for code, _label, _outcome in REASONS]
    reason_model.objects.filter(code__in=codes, applications=None).delete()


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]

    operations = [migrations.RunPython(add_reasons, remove_unused_reasons)]
