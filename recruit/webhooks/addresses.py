"""Which addresses a webhook may have; where their names lead is asked at each call."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from recruit.webhooks.networks import (
    Network,
    literal_address,
    may_be_called,
)

HIGHEST_PORT = 65535
# What resolvers take for an IPv4 address: decimal, octal, hexadecimal, short forms.
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")


def checked_url(url: str, *, allowed: Sequence[Network]) -> str:
    """Return the address without spaces around it. Raise ValidationError."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _wrong(_("This is not a web address.")) from error
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        raise _wrong(_("Write a web address that begins with https://."))
    if re.search(r"[\s\\\x00-\x1f\x7f]", url):
        raise _wrong(_("A web address has no spaces and no backslashes."))
    if parts.username is not None or parts.password is not None:
        raise _wrong(_("Leave name and password out of the address."))
    if parts.fragment:
        raise _wrong(_("Leave out what stands behind #."))
    if not _is_host(host):
        raise _wrong(_("This is not the name of a host."))
    _refuse_closed(host, allowed)
    if parts.scheme == "http" and not allowed:
        raise _wrong(
            _(
                "Use https. Plain http is for networks that RECRUIT_WEBHOOK_NETWORKS"
                " allows."
            )
        )
    return url


def _is_host(host: str) -> bool:
    if literal_address(host) is not None:
        return "%" not in host
    try:
        encoded = host.encode("idna").decode()
    except UnicodeError:
        return False
    return re.fullmatch(r"[A-Za-z0-9_.-]+", encoded) is not None


def _refuse_closed(host: str, allowed: Sequence[Network]) -> None:
    address = literal_address(host)
    if address is None:
        if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
            raise _wrong(_("Write the numbers of an address as 192.0.2.1."))
        if _is_local_name(host) and not allowed:
            raise _wrong(_closed())
        return
    if not may_be_called(address, allowed):
        raise _wrong(_closed())


def _is_local_name(host: str) -> bool:
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith(".localhost")


def _closed() -> str:
    return _(
        "This address is not of the open internet. RECRUIT_WEBHOOK_NETWORKS may allow"
        " its network."
    )


def _wrong(sentence: str) -> ValidationError:
    return ValidationError({"url": [sentence]})
