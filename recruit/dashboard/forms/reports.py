"""What a report is narrowed by: some time, a department, a job."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit.accounts.models import User
from recruit.common.fields import no_null_characters
from recruit.jobs.models import CODE_LENGTH, Job
from recruit.reports.queries import Scope, sources_of
from recruit.reports.values import Period

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
DAYS_SHOWN = 365  # where the address names no time
JOBS_OFFERED = 200
SOURCES_OFFERED = 200


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )


class ReportFilter(forms.Form):
    """Read the address of a report; one that names no time is about the last year."""

    since = _day(_("From"))
    until = _day(_("To"))
    department = forms.CharField(
        label=_("Department"), required=False, max_length=255, widget=forms.Select
    )
    job = forms.CharField(
        label=_("Job"),
        required=False,
        max_length=CODE_LENGTH,
        validators=[no_null_characters],
        widget=forms.TextInput(attrs={"list": "report-jobs", "autocomplete": "off"}),
    )

    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=255,
        validators=[no_null_characters],
        widget=forms.TextInput(attrs={"list": "report-sources", "autocomplete": "off"}),
    )

    def __init__(self, asked: Mapping[str, Any], *, viewer: User) -> None:
        now = timezone.now()
        said = {name: asked[name] for name in asked if name in self.base_fields}
        if "since" not in said and "until" not in said:
            first = timezone.localdate(now) - timedelta(days=DAYS_SHOWN)
            said["since"] = first.isoformat()
        super().__init__(said)
        self.viewer, self.now = viewer, now
        self._offer_departments()

    def _offer_departments(self) -> None:
        visible = Job.objects.visible_to(self.viewer).exclude(department="")
        names = visible.order_by("department").values_list("department", flat=True)
        widget = self.fields["department"].widget
        assert isinstance(widget, forms.Select)  # noqa: S101 - declared above
        choices = [(name, name) for name in names.distinct()]
        widget.choices = [("", _("All departments")), *choices]

    def jobs_offered(self) -> list[Job]:
        """Return the newest jobs that may be typed."""
        return list(Job.objects.visible_to(self.viewer).newest_first()[:JOBS_OFFERED])

    def sources_offered(self) -> list[str]:
        """Return sources that may be typed, in the order of the alphabet."""
        return sources_of(self.viewer)[:SOURCES_OFFERED]

    def clean_job(self) -> str:
        code = self.cleaned_data["job"].strip()
        visible = Job.objects.visible_to(self.viewer)
        if code and not visible.filter(requisition_code=code).exists():
            raise ValidationError(_("There is no job with this requisition code."))
        return str(code)

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The end is before the beginning."))

    def scope(self) -> Scope:
        """Return what the (valid) address asks for."""
        asked = self.cleaned_data
        until = asked["until"]
        return Scope(
            viewer=self.viewer,
            now=self.now,
            period=Period(
                since=_midnight(asked["since"]),
                until=_midnight(until + timedelta(days=1)) if until else None,
            ),
            department=asked["department"],
            requisition_code=asked["job"],
            source=asked["source"].strip(),
        )


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
