"""Fields of forms whose answer shows a secret: reloading it makes no other one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recruit.common.ids import uuid7

# Browsers that fill a reloaded form in again would send what was sent before.
_HIDDEN = {"autocomplete": "off"}


class NewId(forms.UUIDField):
    """The id of what is to be made: the same form sent twice makes it once."""

    def __init__(self, **options: Any) -> None:
        widget = forms.HiddenInput(attrs=_HIDDEN)
        super().__init__(label=_("New id"), initial=uuid7, widget=widget, **options)


class Seen(forms.CharField):
    """What tells the secret that is to be replaced: sent twice, it is gone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.HiddenInput(attrs=_HIDDEN)
        super().__init__(label=_("Present secret"), widget=widget, **options)
