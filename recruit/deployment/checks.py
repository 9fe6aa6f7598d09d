"""Mistakes in the deployment, found by Django's system checks."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from recruit.deployment.failures import DatabaseUnavailable
from recruit.deployment.server_checks import checked_server


@register(Tags.database)
def check_server(
    databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Refuse a server that is too old, before `migrate` touches it."""
    if not databases:
        return []
    try:
        checked_server()
    except DatabaseUnavailable as failure:
        return [Error(str(failure), id="deployment.E001")]
    return []
