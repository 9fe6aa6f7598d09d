"""How values of the domain are worded on the pages."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recruit.applications.choices import Outcome
from recruit.applications.models import Application
from recruit.candidates.models import Candidate, Education, Experience
from recruit.candidates.twins import Likeness
from recruit.common.codes import language_name
from recruit.dashboard.waiting import LONG_WITHOUT_MOVEMENT
from recruit.jobs.choices import JobStatus
from recruit.jobs.models import Job

register = template.Library()

LIKENESSES = {
    Likeness.EMAIL: gettext_lazy("same e-mail address"),
    Likeness.PHONE: gettext_lazy("same phone number"),
    Likeness.NAME_AND_PLACE: gettext_lazy("same name and place"),
}

JOB_TONES = {JobStatus.OPEN: "good", JobStatus.ON_HOLD: "attention"}
OUTCOME_TONES = {
    Outcome.ACTIVE: "accent",
    Outcome.HIRED: "good",
    Outcome.REJECTED: "bad",
}

register.filter(language_name)

K = TypeVar("K")
V = TypeVar("V")


@register.filter
def likeness_told(likeness: Likeness) -> str:
    """Say what two people share."""
    return str(LIKENESSES[likeness])


@register.filter
def at(values: Mapping[K, V], key: K) -> V | None:
    return values.get(key)


@register.filter
def job_status_tone(status: str) -> str:
    return JOB_TONES.get(JobStatus(status), "")


@register.filter
def outcome_tone(outcome: str) -> str:
    return OUTCOME_TONES.get(Outcome(outcome), "")


@register.filter
def waits_long(application: Application) -> bool:
    """Say whether somebody has stood at a stage for too long."""
    return timezone.now() - application.stage_changed_at > LONG_WITHOUT_MOVEMENT


@register.filter
def age(moment: datetime) -> str:
    """Return how long ago something was, in one unit."""
    if timezone.now() - moment < timedelta(minutes=1):
        return _("a moment")
    return timesince(moment, depth=1)


@register.filter
def plain_number(number: Decimal | None) -> str:
    return "" if number is None else number_format(number.normalize())


def plural_form(number: Decimal | float) -> int:
    """Return the whole number whose plural a number with decimals takes."""
    return int(number) if number == int(number) else 2


@register.filter
def years_worked(years: Decimal) -> str:
    form = plural_form(years)
    words = ngettext("%s year of experience", "%s years of experience", form)
    return words % plain_number(years)


@register.filter
def years_told(years: Decimal) -> str:
    form = plural_form(years)
    return ngettext("%s year", "%s years", form) % plain_number(years)


@register.filter
def salary_of(job: Job) -> str:
    """Return the salary range of a job in one line, or nothing."""
    ends = [_whole(end) for end in (job.salary_min, job.salary_max) if end]
    return (
        " ".join(["–".join(dict.fromkeys(ends)), job.salary_currency]) if ends else ""
    )


@register.filter
def expectation_of(candidate: Candidate) -> str:
    expected = candidate.salary_expectation
    return (
        f"{_whole(expected)} {candidate.salary_currency}"
        if expected is not None
        else ""
    )


def _whole(amount: Decimal) -> str:
    return number_format(round(amount), force_grouping=True)


@register.filter
def period(work: Experience) -> str:
    """Return the months of an experience; one without an end goes on.

    Of a copy that hides dates, how long it lasted.
    """
    if work.lasted:
        return work.lasted
    if work.started_on is None:
        return _("until %s") % _month(work.ended_on) if work.ended_on else ""
    end = _month(work.ended_on) if work.ended_on else _("now")
    return f"{_month(work.started_on)} – {end}"


def _month(day: date) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")


@register.filter
def profile_address(candidate: Candidate) -> str:
    """Return where the profile stands: of somebody hidden, in the job's own pages."""
    if candidate.veiled_for:
        return reverse("dashboard:why", args=[candidate.veiled_for, candidate.pk])
    return reverse("dashboard:candidate", args=[candidate.pk])


@register.filter
def study_period(study: Education) -> str:
    years = [str(year) for year in (study.started_in, study.ended_in) if year]
    return " – ".join(dict.fromkeys(years))
