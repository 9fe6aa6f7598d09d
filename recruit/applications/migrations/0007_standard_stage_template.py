from django.db import migrations

STAGES = ["applied", "screening", "interview", "offer"]


def add_standard(apps, schema_editor):
    stage_model = apps.get_model("applications", "PipelineStage")
    template = apps.get_model("applications", "StageTemplate").objects.create(
        name="Standard", is_default=True
    )
    for position, code in enumerate(STAGES, start=1):
        stage = stage_model.objects.create(
            code=code, label=code.capitalize(), kind=code
        )
        template.stages.create(stage=stage, position=position)


def remove_templates(apps, schema_editor):
    apps.get_model("applications", "JobTemplate").objects.all().delete()
    apps.get_model("applications", "StageTemplate").objects.all().delete()
    apps.get_model("applications", "PipelineStage").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("applications", "0006_stage_templates")]

    operations = [migrations.RunPython(add_standard, remove_templates)]
