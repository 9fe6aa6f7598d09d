"""Forms of the candidate pages."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from recruit.candidates.choices import LanguageLevel, SkillOrigin
from recruit.candidates.inputs import (
    CandidateFields,
    EducationInput,
    ExperienceInput,
    LanguageInput,
    ProfileInput,
    SkillInput,
)
from recruit.candidates.models import MOST_YEARS, Candidate
from recruit.common.fields import FIRST_YEAR, LAST_YEAR, LINE_LENGTH
from recruit.dashboard.forms.fields import (
    Lines,
    SkillName,
    day_input,
    plain,
)
from recruit.dashboard.forms.rows import Rows, RowsKind
from recruit.skills.choices import Proficiency


class CandidateForm(forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """The person; skills and career are rows of their own."""

    emails = Lines(
        label=_("E-mail addresses"),
        required=False,
        check=validate_email,
        refusal=_("“%(line)s” is not an e-mail address."),
    )
    phones = Lines(label=_("Phone numbers"), required=False)
    links = Lines(
        label=_("Links"),
        required=False,
        help_text=_("Web addresses that begin with http:// or https://."),
        check=URLValidator(schemes=["http", "https"]),
        refusal=_("“%(line)s” is not an address that begins with http:// or https://."),
    )
    expected_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # Of a new person: the same form sent twice adds one.
    new_id = forms.UUIDField(
        required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )

    class Meta:
        model = Candidate
        fields = [
            "given_name",
            "family_name",
            "headline",
            "summary",
            "years_of_experience",
            "emails",
            "phones",
            "links",
            "place",
            "region",
            "country",
            "open_to_remote",
            "work_permit",
            "available_from",
            "salary_expectation",
            "salary_currency",
        ]
        labels = {
            "given_name": _("Given name"),
            "family_name": _("Family name"),
            "headline": _("Headline"),
            "summary": _("Summary"),
            "years_of_experience": _("Years of experience"),
            "place": _("Place"),
            "region": _("Region"),
            "country": _("Country code"),
            "open_to_remote": _("Open to remote work"),
            "work_permit": _("Work permit"),
            "available_from": _("Available from"),
            "salary_expectation": _("Salary expectation"),
            "salary_currency": _("Currency"),
        }
        help_texts = {
            "headline": _("One line, such as “Backend engineer, payments”."),
            "years_of_experience": _("Of the whole working life."),
            "country": _("Two letters, such as NL."),
            "salary_currency": _("Three letters, such as EUR."),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 6}),
            "available_from": day_input(),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Without it a form would be saved over whatever others saved meanwhile.
        self.fields["expected_version"].required = options.get("instance") is not None
        for name in ("salary_expectation", "years_of_experience"):
            if isinstance(self.initial.get(name), Decimal):
                self.initial[name] = plain(self.initial[name])

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()

    def clean_salary_currency(self) -> str:
        return str(self.cleaned_data["salary_currency"]).upper()

    def candidate_fields(self) -> CandidateFields:
        """Return what the operations take."""
        fields: Any = {name: self.cleaned_data[name] for name in self.Meta.fields}
        typed: CandidateFields = fields
        return typed


class HeldSkillForm(forms.Form):
    """A skill that the person holds."""

    skill = SkillName(label=_("Skill"), required=False)
    proficiency = forms.ChoiceField(
        label=_("Proficiency"),
        choices=[("", _("Not known")), *Proficiency.choices],
        required=False,
    )
    years = forms.DecimalField(
        label=_("Years"),
        min_value=0,
        max_value=MOST_YEARS,
        decimal_places=1,
        required=False,
    )
    last_used = forms.IntegerField(
        label=_("Last used in"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
    )
    origin = forms.ChoiceField(
        choices=SkillOrigin.choices,
        initial=SkillOrigin.RECRUITER,
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        says = any(cleaned.get(name) for name in ("proficiency", "years", "last_used"))
        if says and not cleaned.get("skill") and "skill" not in self.errors:
            self.add_error("skill", _("Name the skill."))
        return cleaned


class ExperienceForm(forms.Form):
    """Work that the person did."""

    title = forms.CharField(label=_("Title"), max_length=LINE_LENGTH, required=False)
    organisation = forms.CharField(
        label=_("Organisation"), max_length=LINE_LENGTH, required=False
    )
    started_on = forms.DateField(
        label=_("From"),
        required=False,
        widget=day_input(),
    )
    ended_on = forms.DateField(label=_("To"), required=False, widget=day_input())
    description = forms.CharField(
        label=_("What they did"),
        max_length=100_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if any(cleaned.values()) and not cleaned.get("title"):
            self.add_error("title", _("Name the title."))
        start, end = cleaned.get("started_on"), cleaned.get("ended_on")
        if start and end and end < start:
            self.add_error("ended_on", _("The end is before the start."))
        return cleaned


class EducationForm(forms.Form):
    """A qualification."""

    qualification = forms.CharField(
        label=_("Qualification"), max_length=LINE_LENGTH, required=False
    )
    field_of_study = forms.CharField(
        label=_("Field"), max_length=LINE_LENGTH, required=False
    )
    institution = forms.CharField(
        label=_("Institution"), max_length=LINE_LENGTH, required=False
    )
    started_in = forms.IntegerField(
        label=_("From"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    ended_in = forms.IntegerField(
        label=_("To"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if any(cleaned.values()) and not cleaned.get("qualification"):
            self.add_error("qualification", _("Name the qualification."))
        start, end = cleaned.get("started_in"), cleaned.get("ended_in")
        if start and end and end < start:
            self.add_error("ended_in", _("The end is before the start."))
        return cleaned


class LanguageForm(forms.Form):
    """A language that the person speaks."""

    language = forms.RegexField(
        label=_("Language code"),
        regex=r"^[A-Za-z]{2,3}$",
        max_length=3,
        required=False,
        error_messages={"invalid": _("Two or three letters, such as en or nld.")},
    )
    level = forms.ChoiceField(
        label=_("Level"),
        choices=[("", _("Not known")), *LanguageLevel.choices],
        required=False,
    )


SKILLS = RowsKind(name="skills", form=HeldSkillForm)
EXPERIENCE = RowsKind(name="experience", form=ExperienceForm)
EDUCATION = RowsKind(name="education", form=EducationForm)
LANGUAGES = RowsKind(name="languages", form=LanguageForm)
KINDS = (SKILLS, EXPERIENCE, EDUCATION, LANGUAGES)

RowsByName = Mapping[str, Rows]


def profile_input(form: CandidateForm, rows: RowsByName) -> ProfileInput:
    """Return the page as the operations take it; documents stay as they are."""
    return ProfileInput(
        fields=form.candidate_fields(),
        skills=[
            SkillInput(**{**said, "origin": said["origin"] or SkillOrigin.RECRUITER})
            for said in rows["skills"].said()
            if said["skill"]
        ],
        experience=[ExperienceInput(**said) for said in rows["experience"].said()],
        education=[EducationInput(**said) for said in rows["education"].said()],
        languages=[
            LanguageInput(**said)
            for said in rows["languages"].said()
            if said["language"]
        ],
    )


def stored_rows(candidate: Candidate) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a stored profile as the values of their forms."""
    return {
        "skills": [
            {"skill": row.skill.name, **_values(row, HeldSkillForm, but="skill")}
            for row in candidate.skills.all()
        ],
        "experience": [
            _values(row, ExperienceForm) for row in candidate.experience.all()
        ],
        "education": [_values(row, EducationForm) for row in candidate.education.all()],
        "languages": [_values(row, LanguageForm) for row in candidate.languages.all()],
    }


def _values(row: object, form: type[forms.Form], *, but: str = "") -> dict[str, Any]:
    values = {name: getattr(row, name) for name in form.base_fields if name != but}
    return {
        name: plain(value) if isinstance(value, Decimal) else value
        for name, value in values.items()
    }
