"""What this platform decides where allauth leaves a choice."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # has no types
    """Accounts are made by administrators, never by whoever finds the page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Close sign-up to the public."""
        return False
