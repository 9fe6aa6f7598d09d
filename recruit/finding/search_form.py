"""The search of candidates: what was asked, and the address that asks it again."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _

from matching.facets.asked import Facets
from matching.search import MOST_CHARACTERS
from recruit.finding.facet_form import FacetForm, TagValues

# Parameters of the address that hold several values, in the order of the panel.
FACETS = (
    "country",
    "region",
    "language",
    "available",
    "skill",
    "source",
    "tag",
    "contact",
    "changed",
)


class Moment(forms.CharField):
    """A moment as pages write it into an address; anything else is none."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=40)

    def clean(self, value: Any) -> datetime | None:
        try:
            moment = parse_datetime(super().clean(value))
        except (ValueError, ValidationError):
            return None
        return moment if moment is not None and is_aware(moment) else None


class SearchForm(FacetForm):
    """What the list of candidates is narrowed or ordered by."""

    q = forms.CharField(
        label=_("Search candidates"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    every_word = forms.BooleanField(
        label=_("Every word must stand in the profile"), required=False
    )
    tag = TagValues(_("Tag"))
    # Half a sentence means something else: while it is typed, words alone count.
    as_typed = forms.BooleanField(required=False)
    # Of a saved search that was opened: which one, and when the viewer last did.
    saved = forms.UUIDField(required=False, widget=forms.HiddenInput)
    since = Moment()
    # Only who was changed or added since then, and matches.
    new = forms.BooleanField(required=False)

    @property
    def is_about_new(self) -> bool:
        """Say whether only the new people are asked for."""
        is_asked: bool = self.cleaned_data["new"]
        return is_asked and self.cleaned_data["since"] is not None

    @property
    def is_readable(self) -> bool:
        """Say whether there is a list; a facet with a mistake narrows nothing."""
        return not self.errors.keys() & {"q", "saved"}

    def facets(self, *, today: date) -> Facets:
        """Return the gates that were asked for."""
        return replace(super().facets(today=today), tags=self._ids("tag"))

    def names(self) -> dict[str, str]:
        """Return the names of the skills and tags that are asked for, by their ids."""
        asked = [*(self._said("skill") or ()), *(self._said("tag") or ())]
        return {str(one.pk): one.name for one in asked}

    def asked(self) -> QueryDict:
        """Return what makes this search, and nothing of how it came to be shown."""
        query = QueryDict(mutable=True)
        if self.cleaned_data["q"]:
            query["q"] = self.cleaned_data["q"]
        for name in ("every_word", "remote"):
            if self.cleaned_data[name]:
                query[name] = "on"
        for name in FACETS:
            values = [str(one) for one in self._said(name) or ()]
            if values:
                query.setlist(name, values)
        return query
