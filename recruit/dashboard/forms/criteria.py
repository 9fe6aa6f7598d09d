"""Criteria of a job as they are edited beside its ranking."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from recruit.dashboard.forms.jobs import RequirementForm
from recruit.dashboard.forms.rows import Rows, RowsKind
from recruit.jobs.models import Job, JobSkill
from recruit.skills.choices import Importance, Proficiency
from recruit.skills.models import Skill, SkillLabel
from recruit.skills.names import skill_key, without_version


class CriterionForm(RequirementForm):
    """One criterion; words that lead to no skill are flagged, not guessed."""

    is_new_skill = forms.BooleanField(
        label=_("This is a new skill: add it to the vocabulary"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The names of the columns are not shown in the narrow panel.
        proficiency = self.fields["minimum_proficiency"]
        assert isinstance(proficiency, forms.ChoiceField)  # noqa: S101 - as declared
        proficiency.choices = [("", _("Any level")), *Proficiency.choices]
        self.fields["minimum_years"].widget.attrs["placeholder"] = _("Years")
        self.fields["skill"].widget.attrs["placeholder"] = _("Skill")

    @property
    def is_unrecognised(self) -> bool:
        """Say whether the words of this row led to no skill."""
        return self.has_error("skill", "unrecognised")

    def known_skill(self) -> Skill | None:
        """Return the skill that the words lead to."""
        key = skill_key(self.cleaned_data.get("skill") or "")
        labels = SkillLabel.objects.of_words([key, without_version(key)])
        found = {label.key: label.skill for label in labels}
        return found.get(key) or found.get(without_version(key))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        words = cleaned.get("skill")
        if words and not cleaned.get("is_new_skill") and self.known_skill() is None:
            self.add_error(
                "skill",
                forms.ValidationError(
                    _(
                        "“%(words)s” is not recognised, so it would count for nobody."
                        " Choose a known skill, or say that it is a new one."
                    ),
                    code="unrecognised",
                    params={"words": words},
                ),
            )
        return cleaned


CRITERIA = RowsKind(name="criteria", form=CriterionForm)


class TakeForm(forms.Form):
    """The suggestion whose button was pressed, if one was."""

    require = forms.UUIDField(required=False)
    prefer = forms.UUIDField(required=False)

    @property
    def skill_id(self) -> UUID | None:
        said: UUID | None = self.cleaned_data["require"] or self.cleaned_data["prefer"]
        return said

    @property
    def importance(self) -> Importance:
        is_required = self.cleaned_data["require"] is not None
        return Importance.REQUIRED if is_required else Importance.PREFERRED


class RestoreForm(forms.Form):
    """The version that is to count again."""

    restore = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    expected_version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


def unsaved_rows(job: Job, rows: Rows) -> list[JobSkill]:
    """Return valid rows as requirements that are not stored.

    A new skill that is not stored yet is not among them: nobody can hold it.
    """
    made = []
    for form in rows.forms:
        skill = form.known_skill() if form.cleaned_data.get("skill") else None
        if skill is not None:
            said = form.cleaned_data
            made.append(
                JobSkill(
                    job=job,
                    skill=skill,
                    importance=said["importance"] or Importance.REQUIRED,
                    minimum_proficiency=said["minimum_proficiency"],
                    minimum_years=said["minimum_years"],
                )
            )
    return made
