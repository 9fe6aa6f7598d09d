"""Forms of the job pages."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recruit.accounts.models import User
from recruit.applications.models import StageTemplate
from recruit.dashboard.forms.fields import plain, search_words
from recruit.jobs.choices import JobFamily, JobStatus
from recruit.jobs.models import Job
from recruit.jobs.operations import JobFields

NO_FAMILY = "none"
LEAST_TO_CHOOSE = 2  # templates of stages


class JobFilter(forms.Form):
    """What the list of jobs is narrowed by."""

    q = search_words(_("Search jobs"))
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Any status")), *JobStatus.choices],
    )
    department = forms.CharField(
        label=_("Department"), required=False, max_length=255, widget=forms.Select
    )
    family = forms.ChoiceField(label=_("Job family"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(
        self,
        *args: Any,
        departments: list[str],
        families: Collection[str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        widget = self.fields["department"].widget
        assert isinstance(widget, forms.Select)  # noqa: S101 - declared above
        choices = [(name, name) for name in departments]
        widget.choices = [("", _("Any department")), *choices]
        family = self.fields["family"]
        assert isinstance(family, forms.ChoiceField)  # noqa: S101 - declared above
        family.choices = [
            ("", _("Any family")),
            (NO_FAMILY, _("No family yet")),
            *(one for one in JobFamily.choices if one[0] in families),
        ]


class JobForm(forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """Everything about a job but its requirements."""

    expected_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    stages = forms.ModelChoiceField(
        label=_("Stages"),
        queryset=StageTemplate.objects.order_by("name", "id"),
        required=False,
        empty_label=None,
        help_text=_("They can be changed in the pipeline until people stand there."),
    )

    class Meta:
        model = Job
        fields = [
            "title",
            "requisition_code",
            "department",
            "openings",
            "description",
            "family",
            "place",
            "region",
            "country",
            "remote_policy",
            "employment_type",
            "salary_min",
            "salary_max",
            "salary_currency",
            "hiring_manager",
            "recruiters",
            "confidential",
        ]
        labels = {
            "department": _("Department"),
            "family": _("Job family"),
            "openings": _("Openings"),
            "description": _("Description"),
            "place": _("Place"),
            "region": _("Region"),
            "country": _("Country code"),
            "salary_min": _("Salary from"),
            "salary_max": _("Salary to"),
            "salary_currency": _("Currency"),
            "hiring_manager": _("Hiring manager"),
            "recruiters": _("Recruiters"),
            "confidential": _("Confidential"),
        }
        help_texts = {
            "description": _(
                "What the person will do and what it takes. Candidates are ranked by"
                " the meaning of this text and of the skills below."
            ),
            "requisition_code": _("Stands in the address of the job, such as ENG-104."),
            "country": _("Two letters, such as NL."),
            "salary_currency": _("Three letters, such as EUR."),
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 12}),
            "recruiters": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, viewer: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer
        # Without it a form would be saved over whatever others saved meanwhile.
        self.fields["expected_version"].required = options.get("instance") is not None
        self._offer_stages()
        for name in ("salary_min", "salary_max"):
            if isinstance(self.initial.get(name), Decimal):
                self.initial[name] = plain(self.initial[name])
        for name, people in (
            ("hiring_manager", User.objects.active()),
            ("recruiters", User.objects.recruiting()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - as declared
            field.queryset = people.order_by("name", "id")
            if field.empty_label is not None:
                field.empty_label = _("Nobody yet")
        family = self.fields["family"]
        assert isinstance(family, forms.TypedChoiceField)  # noqa: S101 - as declared
        family.choices = [("", _("No family yet")), *JobFamily.choices]

    def _offer_stages(self) -> None:
        """Offer templates to a new job; its pipeline offers them later."""
        templates = list(StageTemplate.objects.all())
        if not self.instance._state.adding or len(templates) < LEAST_TO_CHOOSE:
            del self.fields["stages"]
            return
        default = next((one for one in templates if one.is_default), None)
        self.fields["stages"].initial = default

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()

    def clean_salary_currency(self) -> str:
        return str(self.cleaned_data["salary_currency"]).upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        named = [*cleaned.get("recruiters", ()), cleaned.get("hiring_manager")]
        if cleaned.get("confidential") and self.viewer not in named:
            self.add_error(
                "confidential",
                _("Name yourself on the job, or it would be out of your own sight."),
            )
        return cleaned

    def chosen_stages(self) -> StageTemplate | None:
        """Return the template that was chosen, where it is not the usual one."""
        chosen: StageTemplate | None = self.cleaned_data.get("stages")
        return None if chosen is None or chosen.is_default else chosen

    def job_fields(self) -> JobFields:
        """Return what the operations take."""
        fields: Any = {name: self.cleaned_data[name] for name in self.Meta.fields}
        fields["recruiters"] = list(fields["recruiters"])
        typed: JobFields = fields
        return typed


class StatusForm(forms.Form):
    """A change of a job's status."""

    status = forms.ChoiceField(choices=JobStatus.choices)
    expected_version = forms.IntegerField(min_value=1)
