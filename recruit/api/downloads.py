"""Addresses of files that work for some minutes, by themselves."""

from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, NotFound

VALID = timedelta(minutes=5)
SALT = "recruit.api.downloads"


class DownloadExpired(APIException):
    status_code = HTTPStatus.GONE
    default_code = "download_expired"
    default_detail = _("This address was good for 5 minutes; ask for another one.")


def signed(document_id: UUID, *, now: datetime) -> str:
    """Return a word that stands for a document until its time is over."""
    until = int((now + VALID).timestamp())
    return signing.dumps([str(document_id), until], salt=SALT)


def document_of(word: str, *, now: datetime) -> UUID:
    """Return which document a word stands for. Raise NotFound, DownloadExpired."""
    try:
        document_id, until = signing.loads(word, salt=SALT)
    except signing.BadSignature as error:
        raise NotFound from error
    if now.timestamp() > until:
        raise DownloadExpired
    return UUID(document_id)
