"""Forms of the pipeline: what a move needs to know."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from recruit.applications.choices import Outcome
from recruit.applications.models import DispositionReason
from recruit.applications.stages import StageOfJob

MOST_AT_ONCE = 200


class UuidList(forms.Field):
    """The marked rows of a list."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[UUID]:
        try:
            return [UUID(str(one)) for one in value or ()][:MOST_AT_ONCE]
        except ValueError as error:
            raise ValidationError(_("This is not a person of the list.")) from error


class MoveForm(forms.Form):
    """A move of a person as the page showed them."""

    expected_version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class AdvanceForm(MoveForm):
    to_stage = forms.ChoiceField(label=_("Stage"))

    def __init__(
        self, *args: Any, stages: Iterable[StageOfJob], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        to_stage = self.fields["to_stage"]
        assert isinstance(to_stage, forms.ChoiceField)  # noqa: S101 - as declared
        to_stage.choices = [(stage.code, stage.label) for stage in stages]


class EndForm(MoveForm):
    """The end of an application, with the reason for it."""

    reason = forms.ModelChoiceField(queryset=DispositionReason.objects.none())

    def __init__(self, *args: Any, outcome: Outcome, **options: Any) -> None:
        super().__init__(*args, **options)
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ModelChoiceField)  # noqa: S101 - as declared
        reason.queryset = DispositionReason.objects.offered().for_outcome(outcome)


class ApplyForm(forms.Form):
    """Who is put into a pipeline: one by the button of a row, or the marked ones."""

    candidate = forms.UUIDField(required=False)
    candidates = UuidList(required=False)

    def chosen(self) -> list[UUID]:
        """Return who was chosen; the button of a row speaks for that row alone."""
        one = self.cleaned_data["candidate"]
        return [one] if one else list(self.cleaned_data["candidates"])
