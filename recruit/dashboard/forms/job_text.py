"""The form that a text about a job is pasted into."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recruit.common.fields import TEXT_LENGTH


class JobTextForm(forms.Form):
    """A text about a job, as it was found."""

    text = forms.CharField(
        label=_("Text of the job"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_(
            "An advert, a mail of the hiring manager, an old description: as it is,"
            " headings included."
        ),
        error_messages={"required": _("Paste the text of the job first.")},
    )
