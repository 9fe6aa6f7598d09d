"""The skills that a job names, a row for each, wherever they are edited."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recruit.dashboard.forms.fields import SkillName, plain
from recruit.dashboard.forms.rows import Rows, RowsKind
from recruit.jobs.models import MOST_YEARS, Job, JobSkill
from recruit.jobs.operations import RequirementInput
from recruit.skills.choices import Importance, Proficiency
from recruit.skills.models import Skill, SkillLabel
from recruit.skills.names import skill_key, without_version

ANY = ("", _("Any"))


class RequirementForm(forms.Form):
    """One skill a job names; words that lead to no skill are flagged, not guessed."""

    skill = SkillName(label=_("Skill"), required=False)
    importance = forms.ChoiceField(
        label=_("Importance"),
        choices=Importance.choices,
        initial=Importance.REQUIRED,
        required=False,
    )
    minimum_proficiency = forms.ChoiceField(
        label=_("At least"), choices=[ANY, *Proficiency.choices], required=False
    )
    minimum_years = forms.DecimalField(
        label=_("Years"),
        min_value=0,
        max_value=MOST_YEARS,
        decimal_places=1,
        required=False,
    )
    is_new_skill = forms.BooleanField(
        label=_("This is a new skill: add it to the vocabulary"), required=False
    )
    known: Skill | None = None  # the skill that the words lead to, once looked up

    @property
    def is_unrecognised(self) -> bool:
        """Say whether the words of this row led to no skill."""
        return self.has_error("skill", "unrecognised")

    @property
    def is_new(self) -> bool:
        """Say whether the words were flagged, or said to be a new skill."""
        return self.is_unrecognised or bool(self["is_new_skill"].value())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        asks = cleaned.get("minimum_proficiency") or cleaned.get("minimum_years")
        if asks and not cleaned.get("skill") and "skill" not in self.errors:
            self.add_error("skill", _("Name the skill."))
        return cleaned

    def flag(self, words: str) -> None:
        told = _(
            "“%(words)s” is not recognised, so it would count for nobody."
            " Choose a known skill, or say that it is a new one."
        )
        params = {"words": words}
        self.add_error(
            "skill", forms.ValidationError(told, code="unrecognised", params=params)
        )


class RequirementRows(Rows):
    """Rows whose skills are looked up together."""

    def clean(self) -> None:
        named = [
            (form, words)
            for form in self.forms
            if (words := form.cleaned_data.get("skill"))
        ]
        keys = [skill_key(words) for _form, words in named]
        every = {*keys, *map(without_version, keys)}
        found = {
            label.key: label.skill for label in SkillLabel.objects.of_words([*every])
        }
        seen: set[object] = set()
        for (form, words), key in zip(named, keys, strict=True):
            form.known = found.get(key) or found.get(without_version(key))
            said = form.known.pk if form.known else key
            if form.known is None and not form.cleaned_data.get("is_new_skill"):
                form.flag(words)
            elif said in seen:
                form.add_error("skill", _("This skill is named in a row above."))
            seen.add(said)


REQUIREMENTS = RowsKind(name="requirements", form=RequirementForm, rows=RequirementRows)


def requirement_values(requirement: JobSkill) -> dict[str, Any]:
    """Return a stored requirement as the values of its row."""
    return {
        "skill": requirement.skill.name,
        "importance": requirement.importance,
        "minimum_proficiency": requirement.minimum_proficiency,
        "minimum_years": plain(requirement.minimum_years),
    }


def typed_requirements(rows: Rows) -> list[dict[str, Any]]:
    """Return valid rows as the values of stored ones, to be set beside them."""
    about_row = ("is_new_skill",)
    return [
        {name: value for name, value in said.items() if name not in about_row}
        for said in rows.said()
    ]


def requirement_inputs(rows: Rows) -> list[RequirementInput]:
    """Return the rows as the operations take them."""
    return [
        RequirementInput(
            skill=said["skill"],
            importance=said["importance"] or Importance.REQUIRED,
            minimum_proficiency=said["minimum_proficiency"],
            minimum_years=said["minimum_years"],
        )
        for said in rows.said()
        if said["skill"]
    ]


def unsaved_requirements(job: Job, rows: Rows) -> list[JobSkill]:
    """Return valid rows as requirements that are not stored.

    A new skill that is not stored yet is not among them: nobody can hold it.
    """
    return [
        JobSkill(
            job=job,
            skill=form.known,
            importance=form.cleaned_data["importance"] or Importance.REQUIRED,
            minimum_proficiency=form.cleaned_data["minimum_proficiency"],
            minimum_years=form.cleaned_data["minimum_years"],
        )
        for form in rows.forms
        if form.known is not None
    ]
