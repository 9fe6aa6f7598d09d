"""The form of what a job hides."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from recruit.applications.stages import StageOfJob


class NamesForm(forms.Form):
    """From which stage on people are named; nothing chosen names everybody."""

    known_from = forms.ChoiceField(
        label=_("Names"), required=False, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, stages: Sequence[StageOfJob], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        field = self.fields["known_from"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [
            ("", _("Shown to everybody who sees the job")),
            *(
                (
                    stage.code,
                    format_lazy(_("Hidden until “{stage}”"), stage=stage.label),
                )
                for stage in stages
            ),
        ]
