"""Logs: a line of JSON for each event, one set of files for each kind of process."""

import json
import logging
import os
from datetime import UTC, datetime
from http import HTTPStatus
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from typing import Any

from recruit.deployment.home import Home

FILE_BYTES = 10 * 1024 * 1024
FILES_KEPT = 5
ROLE_VARIABLE = "RECRUIT_ROLE"
# What a record has by itself; the rest was given by the caller as `extra`.
OWN_FIELDS = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
# Requests and connections are no values, and may hold secrets.
UNLOGGED = {"request", "sock", "server_time"}


class PrivateFileHandler(RotatingFileHandler):
    """A log file that only its owner reads."""

    def _open(self) -> TextIOWrapper:
        stream: TextIOWrapper = super()._open()
        os.fchmod(stream.fileno(), 0o600)
        return stream


class LineFormatter(logging.Formatter):
    """Write a record as one line; its traceback stands in the file."""

    def format(self, record: logging.LogRecord) -> str:
        message = " ".join(record.getMessage().split())
        line = f"{record.levelname} {record.name}: {message}"
        request_id = getattr(record, "request_id", None)
        return f"{line} [{request_id}]" if request_id else line


class NotOutages(logging.Filter):
    """Pass all but answers that the platform is not ready, which are no mistakes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is to be shown."""
        return getattr(record, "status_code", 0) != HTTPStatus.SERVICE_UNAVAILABLE


class JsonFormatter(logging.Formatter):
    """Write a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        for name, value in vars(record).items():
            if name not in OWN_FIELDS | UNLOGGED:
                line[name] = value
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


def logging_settings(home: Home) -> dict[str, Any]:
    """Return Django's LOGGING: everything to files, warnings to the console too."""
    role = os.environ.get(ROLE_VARIABLE, "command")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "recruit.deployment.logs.JsonFormatter"},
            "line": {"()": "recruit.deployment.logs.LineFormatter"},
        },
        "filters": {
            "not_outages": {"()": "recruit.deployment.logs.NotOutages"},
            "request_id": {"()": "recruit.common.request_ids.RequestIdFilter"},
        },
        "handlers": {
            "file": {
                "class": "recruit.deployment.logs.PrivateFileHandler",
                "filename": str(home.logs / f"{role}.log"),
                "maxBytes": FILE_BYTES,
                "backupCount": FILES_KEPT,
                "delay": True,
                "encoding": "utf-8",
                "filters": ["request_id"],
                "formatter": "json",
            },
            "console": {
                "class": "logging.StreamHandler",
                "level": "WARNING",
                "filters": ["request_id"],
                "formatter": "line",
            },
            "errors": {
                "class": "logging.StreamHandler",
                "level": "ERROR",
                "filters": ["not_outages", "request_id"],
                "formatter": "line",
            },
        },
        "root": {"handlers": ["file", "console"], "level": "INFO"},
        "loggers": {
            # Four lines for each task that went well, one of them every ten seconds.
            "procrastinate": {"level": "WARNING"},
            # What falls apart in a round of the worker; the worker says so itself.
            "procrastinate.utils": {"handlers": ["file"], "propagate": False},
            "asyncio": {"handlers": ["file"], "propagate": False},
            # Its tries while the database restarts; the outcome is told elsewhere.
            "psycopg.pool": {"level": "ERROR"},
            # Each call of a webhook, with its address, which may hold a key.
            "httpx": {"level": "WARNING"},
            "django": {"handlers": [], "propagate": True, "level": "INFO"},
            # A page not found is no news for the console; the file keeps it.
            "django.request": {"handlers": ["file", "errors"], "propagate": False},
        },
    }
