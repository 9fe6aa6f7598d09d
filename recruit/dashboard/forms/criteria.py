"""Criteria of a job as they are edited beside its ranking."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from recruit.dashboard.forms.requirements import RequirementForm, RequirementRows
from recruit.dashboard.forms.rows import RowsKind
from recruit.skills.choices import Importance, Proficiency


class CriterionForm(RequirementForm):
    """A requirement in the narrow panel."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The names of the columns are not shown in the narrow panel.
        proficiency = self.fields["minimum_proficiency"]
        assert isinstance(proficiency, forms.ChoiceField)  # noqa: S101 - as declared
        proficiency.choices = [("", _("Any level")), *Proficiency.choices]
        self.fields["minimum_years"].widget.attrs["placeholder"] = _("Years")
        self.fields["skill"].widget.attrs["placeholder"] = _("Skill")


CRITERIA = RowsKind(name="criteria", form=CriterionForm, rows=RequirementRows)


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
