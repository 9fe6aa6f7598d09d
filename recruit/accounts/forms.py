"""The sign-in form in the words of the other pages."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]  # has no types
    """E-mail and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].label = _("E-mail")
        self.fields["remember"].label = _("Stay signed in")
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
