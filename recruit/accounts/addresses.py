"""From where a request comes, as many proxies back as the settings trust."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return the address of the client, None where nothing says one.

    The same that the limits on sign-in count by.
    """
    try:
        address: str = get_adapter().get_client_ip(request)
    except (ImproperlyConfigured, PermissionDenied):
        # Fewer proxies than the settings name, or no address at all (a local socket).
        return None
    return address
