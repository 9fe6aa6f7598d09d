"""The form of the import page."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from recruit.imports.types import DEFAULT_SOURCE, ImportKind

LARGEST_UPLOAD = 25 * 1024 * 1024


class ImportForm(forms.Form):
    """A file, what its rows are and where they come from."""

    kind = forms.ChoiceField(
        label=_("The rows are"),
        choices=ImportKind.choices,
        initial=ImportKind.CANDIDATES,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "The first row names the columns. Encoding and delimiter are found."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        error_messages={"empty": _("The file is empty.")},
    )
    source = forms.CharField(
        label=_("Source"),
        initial=DEFAULT_SOURCE,
        max_length=100,
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
                    " files there are the commands import_jobs and import_candidates."
                )
                % {
                    "size": filesizeformat(sent.size),
                    "most": filesizeformat(LARGEST_UPLOAD),
                }
            )
        return sent
