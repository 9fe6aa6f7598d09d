"""The form of the company's name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recruit.organisation.models import NAME_LENGTH


class OrganisationForm(forms.Form):
    """Whose platform this is."""

    name = forms.CharField(
        label=_("Name of your company"),
        max_length=NAME_LENGTH,
        help_text=_("Stands on every page and on what is printed."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
