"""Refusals of an operation shown on the form they belong to."""

from django import forms
from django.core.exceptions import ValidationError

from recruit.common.refusals import Refused


def add_errors(form: forms.BaseForm, error: ValidationError | Refused) -> None:
    """Put each message beside its field, or on top where the form has no such one."""
    if isinstance(error, Refused):
        form.add_error(None, str(error))
        return
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, messages in error.message_dict.items():
        form.add_error(name if name in form.fields else None, messages)
