"""Forms of the board: who is marked there, as the page showed them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from recruit.applications.choices import Outcome
from recruit.applications.models import DispositionReason, StageTemplate
from recruit.applications.stages import StageOfJob

MOST_MARKED = 500
LARGEST_VERSION = 2**31 - 1


def seen_person(text: str) -> tuple[UUID, int]:
    """Read "id:version", as a card carries it; raise ValidationError."""
    application_id, _colon, version = text.partition(":")
    try:
        seen = UUID(application_id), int(version)
    except ValueError as error:
        raise ValidationError(_("This is not a person of the pipeline.")) from error
    if not 1 <= seen[1] <= LARGEST_VERSION:
        raise ValidationError(_("This is not a person of the pipeline."))
    return seen


class SeenPeople(forms.Field):
    """The marked people, each with the version that was shown."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> dict[UUID, int]:
        marked = list(value or ())
        if len(marked) > MOST_MARKED:
            raise ValidationError(
                _("At most %(most)d people are moved at once, not %(marked)d.")
                % {"most": MOST_MARKED, "marked": len(marked)}
            )
        return dict(seen_person(str(one)) for one in marked)


class MarkedForm(forms.Form):
    """People marked on the board, and what is to be done with all of them."""

    people = SeenPeople(label=_("People"), required=False)


class MoveMarkedForm(MarkedForm):
    to_stage = forms.ChoiceField(label=_("Stage"))

    def __init__(
        self, *args: Any, stages: Sequence[StageOfJob], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        to_stage = self.fields["to_stage"]
        assert isinstance(to_stage, forms.ChoiceField)  # noqa: S101 - as declared
        to_stage.choices = [(stage.code, stage.label) for stage in stages]


class RejectMarkedForm(MarkedForm):
    reason = forms.ModelChoiceField(
        label=_("Reason"), queryset=DispositionReason.objects.none()
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ModelChoiceField)  # noqa: S101 - as declared
        given = DispositionReason.objects.offered()
        reason.queryset = given.for_outcome(Outcome.REJECTED)


class CardMoveForm(forms.Form):
    """The button of a card, or where it was dropped: "id:version:stage"."""

    move = forms.CharField(max_length=200)

    def __init__(
        self, *args: Any, stages: Sequence[StageOfJob], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._stages = {stage.code: stage for stage in stages}

    def clean_move(self) -> tuple[UUID, int, StageOfJob]:
        seen, _colon, code = str(self.cleaned_data["move"]).rpartition(":")
        if code not in self._stages:
            raise ValidationError(_("This is not a stage of the job."))
        return (*seen_person(seen), self._stages[code])


class CardHireForm(forms.Form):
    """The button of a card at the offer: "id:version"."""

    hire = forms.CharField(max_length=100)

    def clean_hire(self) -> tuple[UUID, int]:
        return seen_person(str(self.cleaned_data["hire"]))


class TemplateForm(forms.Form):
    template = forms.ModelChoiceField(
        label=_("Stages"), queryset=StageTemplate.objects.all()
    )


class UndoBatchForm(forms.Form):
    batch = forms.UUIDField()
    leave_out = SeenPeople(required=False)
