"""What the ranked list of a job is narrowed and sorted by, as its address says it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from matching.facets.asked import NEVER, Facets
from matching.history import unknown_codes
from matching.listing.job_list import Asked
from matching.listing.positions import Cursor, NoCursor, Sort, cursor_of
from matching.newcomers import asked_skills
from matching.types import Order
from recruit.finding.facet_form import FacetForm, SkillValues, Values
from recruit.jobs.models import Job
from recruit.skills.models import Skill

# What says how the list is to be read; a mistake in it leaves nothing to show.
READING = ("order", "sort", "after", "before")


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


class HistoryValues(Values):
    """What people went through; what nobody can have gone through is refused."""

    def to_python(self, value: Any) -> tuple[str, ...]:
        codes = super().to_python(value)
        wrong = unknown_codes(code for code in codes if code != NEVER)
        if wrong:
            raise ValidationError(
                _("Nobody can have gone through “%(codes)s”, so it is not asked for."),
                code="invalid_choice",
                params={"codes": ", ".join(wrong)},
            )
        return codes


class JobListForm(FacetForm):
    """The whole state of the list; made from an address and from nothing else."""

    salary = forms.DecimalField(
        label=_("Salary at most"),
        required=False,
        min_value=0,
        max_digits=11,
        decimal_places=2,
    )
    salary_unsaid = forms.BooleanField(required=False)
    without = SkillValues(_("Must not hold"))
    history = HistoryValues(_("Stage history"))
    not_history = HistoryValues(_("Not in their history"))
    since = forms.CharField(label=_("Updated since"), required=False, max_length=40)
    # Only who holds a skill that the job asks for, as new matches are counted.
    new = forms.BooleanField(required=False)
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
        return replace(
            self.facets(today=today),
            salary_most=self._said("salary"),
            salary_currency=job.salary_currency or "EUR",
            salary_unsaid=bool(self._said("salary_unsaid")),
            without=self._ids("without"),
            history=self._values("history"),
            not_history=self._values("not_history"),
            changed_after=self._said("since"),
            asked_skills=asked_skills(job) if self._said("new") else (),
        )

    def _cursor(self, name: str) -> Cursor | None:
        cursor: Cursor | None = self._said(name)
        return cursor

    def skills(self) -> list[Skill]:
        """Return every skill that is asked for or against."""
        return [*(self._said("skill") or ()), *(self._said("without") or ())]
