"""Forms of notes and tags."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recruit.accounts.models import User
from recruit.applications.blind import known_by_name
from recruit.applications.models import Application
from recruit.candidates.models import Candidate
from recruit.common.fields import no_null_characters
from recruit.common.ids import uuid7
from recruit.jobs.models import Job
from recruit.notes.models import NOTE_LENGTH, TAG_LENGTH


class NoteForm(forms.Form):
    """What is written about a person or a job."""

    text = forms.CharField(
        label=_("Note"),
        max_length=NOTE_LENGTH,
        validators=[no_null_characters],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write @ and a name to tell a colleague."),
    )

    def __init__(self, *args: Any, suggest: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs["data-mentions"] = suggest


class NewNoteForm(NoteForm):
    """A note that is not there yet; sent twice it is one note."""

    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class NewCandidateNoteForm(NewNoteForm):
    """A note on a person, with the job it is about."""

    job = forms.ModelChoiceField(
        label=_("About the job"),
        queryset=Job.objects.none(),
        required=False,
        empty_label=_("No job: recruiters alone read it"),
        help_text=_("Read by those who may see the job."),
    )

    def __init__(
        self, *args: Any, candidate: Candidate, viewer: User, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        jobs = Job.objects.visible_to(viewer)
        # A job that hides who applied must not be told beside a name.
        mine = known_by_name(Application.objects.filter(candidate=candidate))
        theirs = jobs.filter(applications__in=mine).newest_first()
        job = self.fields["job"]
        assert isinstance(job, forms.ModelChoiceField)  # noqa: S101 - as declared
        job.queryset = theirs
        if not viewer.is_recruiting:
            job.required = True
            job.empty_label = None
            self.initial.setdefault("job", theirs.first())


class EditNoteForm(NoteForm):
    """A note as its author read it."""

    expected_version = forms.IntegerField(
        min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )


class VersionForm(forms.Form):
    """The version of a note that a button was shown with."""

    expected_version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class TagForm(forms.Form):
    """A tag to give, by its name."""

    name = forms.CharField(
        label=_("Tag"), max_length=TAG_LENGTH, validators=[no_null_characters]
    )


class UntagForm(forms.Form):
    """A tag to take away."""

    remove = forms.UUIDField(label=_("Tag"))


class MentionsForm(forms.Form):
    """The mention that was read; none means all of them."""

    mention = forms.UUIDField(label=_("Mention"), required=False)
