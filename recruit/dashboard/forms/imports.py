"""The forms of the import wizard: the file, and what its columns mean."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from recruit.imports.columns import FIELDS, lacking
from recruit.imports.models import SOURCE_LENGTH, FileImport
from recruit.imports.types import DEFAULT_SOURCE, ImportKind

LARGEST_UPLOAD = 500 * 1024 * 1024


class ImportForm(forms.Form):
    """A file, what its rows are and where they come from."""

    kind = forms.ChoiceField(
        label=_("The rows are"),
        choices=ImportKind.choices,
        initial=ImportKind.CANDIDATES,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("CSV or XLSX file"),
        help_text=_(
            "One row names the columns. Encoding, delimiter and sheet are found."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,text/csv"}),
        error_messages={"empty": _("The file is empty.")},
    )
    source = forms.CharField(
        label=_("Source"),
        initial=DEFAULT_SOURCE,
        max_length=SOURCE_LENGTH,
        help_text=_(
            "The name of the system the rows come from. Imported again under the same"
            " name, a row is updated and not doubled."
        ),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        if sent.size is not None and sent.size > LARGEST_UPLOAD:
            raise ValidationError(
                _(
                    "The file has %(size)s; this page takes up to %(most)s. For larger"
                    " files there are the commands import_jobs, import_candidates and"
                    " import_applications."
                )
                % {
                    "size": filesizeformat(sent.size),
                    "most": filesizeformat(LARGEST_UPLOAD),
                }
            )
        return sent


# What the fields of a table are called where somebody chooses among them.
FIELD_LABELS = {
    "external_id": _("Id in the other system"),
    "requisition_code": _("Requisition code"),
    "title": _("Title"),
    "description": _("Description"),
    "department": _("Department"),
    "family": _("Job family"),
    "location": _("Place"),
    "status": _("Status"),
    "required_skills": _("Required skills"),
    "preferred_skills": _("Preferred skills"),
    "name": _("Full name"),
    "given_name": _("Given name"),
    "family_name": _("Family name"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "headline": _("Headline"),
    "summary": _("Summary"),
    "skills": _("Skills"),
    "years": _("Years of experience"),
    "job": _("Id of the job here"),
    "job_external_id": _("Id of the job in the other system"),
    "job_source": _("Source of the job"),
    "candidate": _("Id of the candidate here"),
    "candidate_external_id": _("Id of the candidate in the other system"),
    "candidate_source": _("Source of the candidate"),
    "stage": _("Stage"),
    "outcome": _("Outcome"),
    "disposition_reason": _("Disposition reason"),
    "applied_at": _("Applied on"),
}


class ColumnsForm(forms.Form):
    """For each column of the file the field it means, or none."""

    def __init__(
        self, file_import: FileImport, *arguments: Any, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self._kind = ImportKind(file_import.kind)
        choices = [("", _("leave out"))]
        choices += [(name, FIELD_LABELS[name]) for name in FIELDS[self._kind]]
        pairs = zip(file_import.headers, file_import.fields, strict=True)
        for number, (header, name) in enumerate(pairs):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=header or _("Column %d") % (number + 1),
                choices=choices,
                initial=name,
                required=False,
            )

    @property
    def chosen(self) -> list[str]:
        """Return the field of each column, in their order."""
        return [self.cleaned_data[name] for name in self.fields]

    def clean(self) -> None:
        chosen = {name: self.cleaned_data.get(name, "") for name in self.fields}
        counts = Counter(filter(None, chosen.values()))
        for column, name in chosen.items():
            if counts[name] > 1:
                self.add_error(column, _("Another column means the same."))
        if not self.errors:
            self._refuse_lack(list(counts))

    def _refuse_lack(self, fields: Sequence[str]) -> None:
        if needed := lacking(self._kind, fields):
            labels = " / ".join(str(FIELD_LABELS[name]) for name in needed)
            raise ValidationError(
                _("Say which column holds: %(needed)s.") % {"needed": labels}
            )
