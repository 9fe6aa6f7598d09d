"""Forms of tokens: for which account, for what, until when."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from recruit.accounts.models import ApiToken, User
from recruit.accounts.operations import MOST_OVERLAP, OVERLAP, PREFIX_LENGTH
from recruit.accounts.scope_forms import ScopesForm
from recruit.common.once import NewId, Seen

# The first part of a scope, and what it is about in plain words.
RESOURCES = {
    "jobs": _("Jobs"),
    "candidates": _("Candidates"),
    "documents": _("Documents"),
    "applications": _("Applications"),
    "skills": _("Skills"),
    "matches": _("Matches and search"),
    "notes": _("Notes"),
    "tags": _("Tags"),
    "pools": _("Talent pools"),
    "searches": _("Saved searches"),
    "users": _("Users"),
    "imports": _("Imports"),
    "events": _("Events"),
    "webhooks": _("Webhooks"),
    "audit": _("Audit log"),
}
DAYS = {
    "30": _("In 30 days"),
    "90": _("In 90 days"),
    "365": _("In a year"),
    "": _("Never"),
}
OVERLAPS = {"0": _("At once"), "1": _("In a day"), "7": _("In a week")}


def _in_days(words: str, moment: datetime) -> datetime | None:
    return moment + timedelta(days=int(words)) if words else None


class TokenForm(ScopesForm):
    """A new token; sent twice it is one token."""

    new_id = NewId()
    name = forms.CharField(
        label=_("Name"),
        max_length=ApiToken._meta.get_field("name").max_length,
        help_text=_("Which system uses it; histories show it."),
    )
    user = forms.ModelChoiceField(
        label=_("Account"),
        queryset=User.objects.none(),
        empty_label=_("Choose an account"),
        help_text=_("The token never sees or does more than this account may."),
    )
    days = forms.ChoiceField(
        label=_("Ends"), choices=list(DAYS.items()), initial="90", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - as declared
        field.queryset = User.objects.active().order_by("name", "id")

    def scope_groups(self) -> Iterator[tuple[str, list[BoundWidget]]]:
        """Yield what a scope is about, with the boxes of its scopes."""
        boxes = list(self["scopes"])
        for resource, words in RESOURCES.items():
            mine = [one for one in boxes if _resource(one) == resource]
            yield str(words), mine

    def expires_at(self, moment: datetime) -> datetime | None:
        return _in_days(self.cleaned_data["days"], moment)


def _resource(box: BoundWidget) -> str:
    return str(box.data["value"]).partition(":")[0]


class RotateForm(forms.Form):
    """Another secret for a token; sent twice it is one secret."""

    seen = Seen(max_length=PREFIX_LENGTH)
    overlap = forms.ChoiceField(
        label=_("The old secret ends"),
        choices=list(OVERLAPS.items()),
        initial=str(OVERLAP.days),
        help_text=_("Until then both are good, so that nothing stands still."),
    )
    days = forms.ChoiceField(
        label=_("The token ends"),
        choices=[("", _("As before")), *list(DAYS.items())[:-1]],
        required=False,
    )

    def overlap_time(self) -> timedelta:
        return min(timedelta(days=int(self.cleaned_data["overlap"])), MOST_OVERLAP)

    def expires_at(self, moment: datetime) -> datetime | None:
        return _in_days(self.cleaned_data["days"], moment)
