"""Forms of talent pools, saved searches, and of what is done with marked people."""

from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from recruit.common.refusals import StaleVersion
from recruit.dashboard.forms.moves import UuidList
from recruit.dashboard.gathering import NEW_POOL, Target
from recruit.talent.models import (
    NAME_LENGTH,
    NOTE_LENGTH,
    QUERY_LENGTH,
    Kept,
    SavedSearch,
    TalentPool,
)

SHARED = _("Share with everybody who recruits")


class KeptForm(forms.Form):
    """What something kept is called, and who sees it."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    is_shared = forms.BooleanField(label=SHARED, required=False)
    expected_version = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )


class PoolForm(KeptForm):
    note = forms.CharField(
        label=_("Whom it is for"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    field_order = ["name", "note", "is_shared"]

    @classmethod
    def of(cls, pool: TalentPool) -> "PoolForm":
        stated = {"name": pool.name, "note": pool.note, "is_shared": pool.is_shared}
        return cls(initial=stated | {"expected_version": pool.version})


class SearchForm(KeptForm):
    @classmethod
    def of(cls, search: SavedSearch) -> "SearchForm":
        stated = {"name": search.name, "is_shared": search.is_shared}
        return cls(initial=stated | {"expected_version": search.version})


class SaveSearchForm(KeptForm):
    query = forms.CharField(max_length=QUERY_LENGTH, widget=forms.HiddenInput)


F = TypeVar("F", bound=KeptForm)


def over(form: F, newest: Kept, stale: StaleVersion) -> F:
    """Return a form with what was typed, to be saved over what is stored by now."""
    posted = dict(form.data.items())
    posted["expected_version"] = str(newest.version)
    fresh = type(form)(posted)
    fresh.full_clean()
    fresh.add_error(None, str(stale))
    return fresh


class VersionForm(forms.Form):
    """The row as the page showed it."""

    expected_version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class PoolSearchForm(forms.Form):
    """The saved search that is put into a talent pool, or taken out of it."""

    search = forms.UUIDField(label=_("Saved search"))


class MarkedForm(forms.Form):
    """The marked people of a list, and the address of the list."""

    candidates = UuidList(required=False, label=_("People"))
    back = forms.CharField(required=False, max_length=8_000)


class GatherForm(MarkedForm):
    """Where marked people go."""

    target = forms.CharField(required=False, max_length=60, label=_("Where to"))
    pool_name = forms.CharField(
        required=False, max_length=NAME_LENGTH, label=_("Name of the new talent pool")
    )

    def asks_for_alike(self) -> bool:
        """Say whether people like the marked ones are asked for, wherever to."""
        return bool(self.data.get("like")) and "candidates" in self.cleaned_data

    def clean_target(self) -> Target | None:
        """Return the pool or job, None for a new pool."""
        kind, _colon, said = self.cleaned_data["target"].partition(":")
        if kind in {"", NEW_POOL}:
            return None
        try:
            chosen = UUID(said)
        except ValueError as error:
            raise ValidationError(_("Choose a talent pool or a job.")) from error
        if kind == "pool":
            return Target(pool_id=chosen)
        if kind == "job":
            return Target(job_id=chosen)
        raise ValidationError(_("Choose a talent pool or a job."))

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        if "target" in asked and not (asked["target"] or asked.get("pool_name")):
            refusal = _("Choose a talent pool or a job, or name a new talent pool.")
            self.add_error("target", ValidationError(refusal))
        return asked
