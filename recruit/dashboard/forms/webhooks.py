"""Forms of webhooks."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundWidget
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recruit.common.once import NewId, Seen
from recruit.common.refusals import StaleVersion
from recruit.webhooks.catalogue import OF_TYPE, TYPES
from recruit.webhooks.models import MARK_LENGTH, NAME_LENGTH, URL_LENGTH, Webhook

# The first part of a type, and what it is about in plain words.
OBJECTS = {
    "job": _("Jobs"),
    "candidate": _("Candidates"),
    "application": _("Applications"),
    "note": _("Notes"),
    "tag": _("Tags"),
    "pool": _("Talent pools"),
    "search": _("Saved searches"),
    "skill": _("Skills"),
    "import": _("Imports"),
    "disposition_reason": _("Disposition reasons"),
    "organisation": _("Organisation"),
}


ENCRYPTED = _("Messages are sent there by POST, encrypted: https://…")
WITHIN_NETWORKS = _(
    "Messages are sent there by POST: https://…, or unencrypted http://… within a"
    " network that RECRUIT_WEBHOOK_NETWORKS allows."
)
_NOT_STATED = {"expected_version", "new_id"}


class WebhookForm(forms.Form):
    """Where to send what."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    url = forms.CharField(
        label=_("Address"),
        max_length=URL_LENGTH,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    sees_confidential = forms.BooleanField(
        label=_("Tell of confidential jobs that I may see"), required=False
    )
    types = forms.MultipleChoiceField(
        label=_("Types of events"),
        choices=[(one, one) for one in TYPES],
        required=False,
        help_text=_("None chosen: all of them, later ones included."),
        widget=forms.CheckboxSelectMultiple,
    )
    expected_version = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["url"].help_text = (
            WITHIN_NETWORKS if settings.WEBHOOK_NETWORKS else ENCRYPTED
        )

    @classmethod
    def of(cls, webhook: Webhook) -> "WebhookForm":
        names = ("name", "url", "sees_confidential", "types")
        stated: dict[str, Any] = {name: getattr(webhook, name) for name in names}
        return cls(initial=stated | {"expected_version": webhook.version})

    def type_groups(self) -> Iterator[tuple[str, list[tuple[BoundWidget, Promise]]]]:
        """Yield what a type is about, with the boxes and meanings of its types."""
        boxes = [(str(box.data["value"]), box) for box in self["types"]]
        for about, words in OBJECTS.items():
            mine = [
                (box, OF_TYPE[kind].meaning)
                for kind, box in boxes
                if kind.partition(".")[0] == about
            ]
            yield str(words), mine

    def stated(self) -> dict[str, Any]:
        """Return what the operations are given."""
        said = self.cleaned_data.items()
        return {name: value for name, value in said if name not in _NOT_STATED}

    def over(self, newest: Webhook, stale: StaleVersion) -> "WebhookForm":
        """Return what was typed, to be saved over what is stored by now."""
        posted = MultiValueDict(cast("MultiValueDict[str, Any]", self.data))
        posted["expected_version"] = str(newest.version)
        fresh = type(self)(posted)
        fresh.full_clean()
        fresh.add_error(None, str(stale))
        return fresh


class NewWebhookForm(WebhookForm):
    """A webhook that is not there yet; sent twice it is one webhook."""

    new_id = NewId()


class RotateSecretForm(forms.Form):
    """Another secret for a webhook; sent twice it is one secret."""

    seen = Seen(max_length=MARK_LENGTH)
