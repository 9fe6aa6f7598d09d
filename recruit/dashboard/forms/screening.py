"""Forms of screening: whom to go through, and what is decided of one of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.types import Order
from recruit.applications.choices import Outcome
from recruit.applications.models import DispositionReason
from recruit.common.fields import no_null_characters
from recruit.dashboard.forms.notes import NewNoteForm
from recruit.reviews.choices import Screened, Verdict

SIZES = (25, 50, 100, 150, 200)
DEFAULT_SIZE = 50
LONGEST_QUERY = 8000


class StartForm(forms.Form):
    """Whom somebody wants to go through."""

    screened = forms.ChoiceField(
        label=_("Whom"),
        choices=[(one.value, one.label) for one in (Screened.RANKED, Screened.APPLIED)],
    )
    size = forms.TypedChoiceField(
        label=_("How many"),
        coerce=int,
        choices=[(str(size), str(size)) for size in SIZES],
        initial=str(DEFAULT_SIZE),
    )
    order = forms.ChoiceField(
        label=_("Order of ranked people"),
        required=False,
        choices=[
            (Order.SIMILARITY.value, _("Meaning")),
            (Order.HYBRID.value, _("Meaning and words")),
        ],
    )


class ListForm(forms.Form):
    """The state of the ranked list, as its address has it."""

    shown = forms.CharField(
        required=False, max_length=LONGEST_QUERY, validators=[no_null_characters]
    )


class DecideForm(forms.Form):
    """What is decided of a person; a reason given rejects."""

    decision = forms.UUIDField()
    candidate = forms.UUIDField()
    seen_version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    at = forms.IntegerField(min_value=1, required=False)
    verdict = forms.ChoiceField(choices=Verdict.choices, required=False)
    reason = forms.ModelChoiceField(
        queryset=DispositionReason.objects.none(), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ModelChoiceField)  # noqa: S101 - as declared
        offered = DispositionReason.objects.offered()
        reason.queryset = offered.for_outcome(Outcome.REJECTED)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason"):
            cleaned["verdict"] = Verdict.REJECTED.value
        elif not cleaned.get("verdict") and "reason" not in self.errors:
            self.add_error("verdict", _("Shortlist, or reject with a reason."))
        return cleaned


class UndoDecisionForm(forms.Form):
    """Which decision is taken back, and where one stood in the list."""

    decision = forms.UUIDField()
    at = forms.IntegerField(min_value=1, required=False)


class ScreeningNoteForm(NewNoteForm):
    """A note about the job and whoever its page shows at a place of the list."""

    candidate = forms.UUIDField(widget=forms.HiddenInput)
    at = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
