"""What a profile says of place, start, pay and languages, held against the job."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf.locale import LANG_INFO
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from recruit.candidates.models import Candidate
from recruit.common.codes import language_name
from recruit.dashboard.templatetags.wording import (
    expectation_of,
    salary_of,
    years_worked,
)
from recruit.jobs.choices import RemotePolicy
from recruit.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in words; one that differs from what the job says is marked."""

    icon: str
    text: str
    differs: bool = False


def facts_of(job: Job, candidate: Candidate, *, today: date) -> tuple[Fact, ...]:
    """Return the facts about a person (`with_profile`, or a copy without a name)."""
    facts = (
        _years(candidate),
        _pay(job, candidate),
        _start(candidate, today),
        _place(job, candidate),
        *_languages(job, candidate),
    )
    return tuple(fact for fact in facts if fact)


def _years(candidate: Candidate) -> Fact | None:
    years = candidate.years_of_experience
    return Fact("jobs", years_worked(years)) if years is not None else None


def _pay(job: Job, candidate: Candidate) -> Fact:
    expected, paid = candidate.salary_expectation, salary_of(job)
    if expected is None:
        return Fact("money", _("Expected salary not said"))
    told = {"expected": expectation_of(candidate), "paid": paid}
    if not paid:
        return Fact("money", _("Expects %(expected)s") % told)
    if candidate.salary_currency != job.salary_currency:
        sentence = _("Expects %(expected)s; the job pays %(paid)s")
        return Fact("money", sentence % told, differs=True)
    if job.salary_max is not None and expected > job.salary_max:
        sentence = _("Expects %(expected)s, above %(paid)s")
        return Fact("money", sentence % told, differs=True)
    if job.salary_min is not None and expected < job.salary_min:
        return Fact("money", _("Expects %(expected)s, below %(paid)s") % told)
    return Fact("money", _("Expects %(expected)s, within %(paid)s") % told)


def _start(candidate: Candidate, today: date) -> Fact:
    start = candidate.available_from
    if start is None:
        return Fact("calendar", _("Availability not said"))
    if start <= today:
        return Fact("calendar", _("Available now"))
    return Fact("calendar", _("Available from %s") % date_format(start))


def _place(job: Job, candidate: Candidate) -> Fact:
    there = candidate.location or _("Place not said")
    if candidate.open_to_remote:
        there = _("%s, open to remote") % there
    wanted = f"{job.location}, {job.get_remote_policy_display()}".removeprefix(", ")
    told = _("%(place)s; the job: %(job)s") % {"place": there, "job": wanted}
    is_far = job.remote_policy == RemotePolicy.REMOTE and not candidate.open_to_remote
    return Fact("place", told, differs=is_far)


def _languages(job: Job, candidate: Candidate) -> Iterator[Fact]:
    rows = list(candidate.languages.all())
    spoken = [_spoken(one.language, str(one.get_level_display())) for one in rows]
    said = ", ".join(spoken) or _("Languages not said")
    yield Fact("people", said)
    missing = languages_named(job) - {one.language for one in rows}
    if missing:
        names = ", ".join(sorted(map(language_name, missing)))
        sentence = _("The job’s text names %s, the profile does not")
        yield Fact("warning", sentence % names, differs=True)


def _spoken(code: str, level: str) -> str:
    name = language_name(code)
    return f"{name} ({level})" if level else name


def languages_named(job: Job) -> set[str]:
    """Return the codes of the languages that the texts of a job name."""
    text = f"{job.title}\n{job.description}"
    return {_codes()[name] for name in _names().findall(text)}


@cache
def _codes() -> dict[str, str]:
    return {
        name: code
        for code, info in LANG_INFO.items()
        if code.isalpha()
        for name in (info.get("name"), info.get("name_local"))
        # Written small, a name may be another word; other scripts know no such letter.
        if name and (name[0].isupper() or not name.isascii())
    }


@cache
def _names() -> re.Pattern[str]:
    longest_first = sorted(_codes(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
