"""Forms of the shortlist: an answer, whom to compare, whom to ask about."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from recruit.dashboard.forms.moves import UuidList
from recruit.reviews.choices import Answer
from recruit.reviews.models import Review

# Of the address of a list, so much is kept.
LONGEST_QUERY = 8000
FEWEST_COMPARED, MOST_COMPARED = 2, 6


class ReviewForm(forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """Yes, no or a question, with a note."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices)

    class Meta:
        model = Review
        fields = ["answer", "note"]


class Compared(UuidList):
    """Two to six people, each once."""

    def to_python(self, value: Any) -> list[UUID]:
        chosen = list(dict.fromkeys(super().to_python(value)))
        if not FEWEST_COMPARED <= len(chosen) <= MOST_COMPARED:
            raise forms.ValidationError(
                _("Mark two to six people to compare, not %(count)d."),
                params={"count": len(chosen)},
            )
        return chosen


class CompareForm(forms.Form):
    """Who is put side by side, and the list they were marked in."""

    people = Compared(label=_("People"), required=False)
    shown = forms.CharField(required=False, max_length=LONGEST_QUERY)


class MarkedForm(forms.Form):
    """Who was marked in a ranked list to be compared."""

    candidates = Compared(label=_("People"), required=False)
    shown = forms.CharField(required=False, max_length=LONGEST_QUERY)


class WhyNotForm(forms.Form):
    """The person about whom somebody asks."""

    name = forms.CharField(label=_("Name"), required=False, max_length=200, strip=True)
    person = forms.UUIDField(required=False)
