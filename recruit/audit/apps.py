"""The audit app."""

from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "recruit.audit"
    verbose_name = _("Audit log")

    def ready(self) -> None:
        connection_created.connect(_tell, dispatch_uid="recruit.audit.tell")
        pre_migrate.connect(_make_way, sender=self)
        post_migrate.connect(_install, sender=self)


def _tell(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    from recruit.common.telling import tell_from  # noqa: PLC0415

    if connection.alias == DEFAULT_DB_ALIAS:
        tell_from(connection)


def _make_way(using: str, **_kwargs: Any) -> None:
    from recruit.audit.installing import make_way  # noqa: PLC0415

    if using == DEFAULT_DB_ALIAS:
        make_way()


def _install(using: str, **_kwargs: Any) -> None:
    from recruit.audit.installing import ensure_installed  # noqa: PLC0415

    if using == DEFAULT_DB_ALIAS:
        ensure_installed()
