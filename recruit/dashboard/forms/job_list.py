"""What the ranked list of a job is narrowed and sorted by, as its address says it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from matching.facets.asked import (
    AVAILABLE_WITHIN,
    CHANGED_WITHIN,
    CONTACT_WITHIN,
    NEVER,
    OLDER,
    UNSAID,
    Facets,
)
from matching.listing.job_list import Asked
from matching.listing.positions import Cursor, NoCursor, Sort, cursor_of
from matching.types import Order
from recruit.common.text import shows
from recruit.jobs.models import Job
from recruit.skills.models import Skill, SkillLabel
from recruit.skills.names import skill_key, without_version

MOST_VALUES = 30
LONGEST_VALUE = 255

# What says how the list is to be read; a mistake in it leaves nothing to show.
READING = ("order", "sort", "after", "before")


class Values(forms.Field):
    """Several values of one name; blank ones say nothing."""

    widget = forms.SelectMultiple

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False)

    def to_python(self, value: Any) -> tuple[str, ...]:
        values = tuple(dict.fromkeys(one.strip() for one in value or () if one.strip()))
        if len(values) > MOST_VALUES or any(
            len(one) > LONGEST_VALUE or "\x00" in one for one in values
        ):
            raise ValidationError(_("These are too many or too long."))
        return values


class SkillValues(Values):
    """Skills by their words; a word that leads to no skill is refused, not guessed."""

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        keys = {word: skill_key(word) for word in words if shows(word)}
        forms_of = {one for key in keys.values() for one in (key, without_version(key))}
        labels = SkillLabel.objects.of_words(sorted(forms_of))
        known = {label.key: label.skill for label in labels}
        found = {
            word: known.get(key) or known.get(without_version(key))
            for word, key in keys.items()
        }
        unknown = [word for word in words if found.get(word) is None]
        if unknown:
            raise ValidationError(
                _("No skill is called “%(words)s”, so it is not asked for."),
                params={"words": ", ".join(unknown)},
            )
        return list(dict.fromkeys(skill for skill in found.values() if skill))


class CursorField(forms.CharField):
    """Where a page begins or ends."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=2000)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return cursor_of(text) if text else None
        except NoCursor as error:
            raise ValidationError(
                _("This address of a page is damaged. Begin at the first page.")
            ) from error


def _choices(days: Sequence[int], *others: str) -> list[tuple[str, str]]:
    return [(str(one), str(one)) for one in (*days, *others)]


class JobListForm(forms.Form):
    """The whole state of the list; made from an address and from nothing else."""

    country = Values(_("Country"))
    region = Values(_("Region"))
    remote = forms.BooleanField(label=_("Open to remote"), required=False)
    salary = forms.DecimalField(
        label=_("Salary at most"),
        required=False,
        min_value=0,
        max_digits=11,
        decimal_places=2,
    )
    salary_unsaid = forms.BooleanField(required=False)
    language = Values(_("Languages"))
    available = forms.MultipleChoiceField(
        label=_("Availability"),
        required=False,
        choices=_choices(AVAILABLE_WITHIN, UNSAID),
    )
    skill = SkillValues(_("Must hold"))
    without = SkillValues(_("Must not hold"))
    source = Values(_("Source"))
    history = Values(_("Stage history"))
    not_history = Values(_("Not in their history"))
    contact = forms.MultipleChoiceField(
        label=_("Last contact"),
        required=False,
        choices=_choices(CONTACT_WITHIN, OLDER, NEVER),
    )
    changed = forms.MultipleChoiceField(
        label=_("Updated since"), required=False, choices=_choices(CHANGED_WITHIN)
    )
    since = forms.CharField(label=_("Updated since"), required=False, max_length=40)
    order = forms.ChoiceField(
        label=_("order"), required=False, choices=[(one, one) for one in Order]
    )
    sort = forms.ChoiceField(
        label=_("sort"), required=False, choices=[(one, one) for one in Sort]
    )
    after = CursorField()
    before = CursorField()

    def clean_since(self) -> datetime | None:
        said = self.cleaned_data["since"]
        if not said:
            return None
        try:
            moment = parse_datetime(said)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError(_("“since” is no moment in time."))
        return moment

    def mistake(self) -> str | None:
        """Return what is wrong with how the list is to be read, if anything is."""
        for name in READING:
            if name in self.errors:
                return f"{self.fields[name].label or name}: {self.errors[name][0]}"
        return None

    def asked(self, job: Job, *, today: date) -> Asked:
        """Return what was asked for; a field with a mistake asks for nothing."""
        return Asked(
            facets=self._facets(job, today),
            order=Order(self._said("order") or Order.SIMILARITY),
            sort=Sort(self._said("sort") or Sort.RANK),
            after=self._cursor("after"),
            before=None if self._said("after") else self._cursor("before"),
        )

    def _facets(self, job: Job, today: date) -> Facets:
        return Facets(
            today=today,
            countries=self._values("country"),
            regions=self._values("region"),
            remote=bool(self._said("remote")),
            salary_most=self._said("salary"),
            salary_currency=job.salary_currency or "EUR",
            salary_unsaid=bool(self._said("salary_unsaid")),
            languages=self._values("language"),
            available=self._values("available"),
            skills=self._skill_ids("skill"),
            without=self._skill_ids("without"),
            sources=self._values("source"),
            history=self._values("history"),
            not_history=self._values("not_history"),
            contact=self._values("contact"),
            changed=self._values("changed"),
            changed_after=self._said("since"),
        )

    def _said(self, name: str) -> Any:
        return self.cleaned_data.get(name)

    def _values(self, name: str) -> tuple[str, ...]:
        return tuple(self._said(name) or ())

    def _cursor(self, name: str) -> Cursor | None:
        cursor: Cursor | None = self._said(name)
        return cursor

    def skills(self) -> list[Skill]:
        """Return every skill that is asked for or against."""
        return [*(self._said("skill") or ()), *(self._said("without") or ())]

    def _skill_ids(self, name: str) -> tuple[UUID, ...]:
        return tuple(skill.pk for skill in self._said(name) or ())
