"""Signatures of Standard Webhooks."""

from collections.abc import Sequence
from datetime import UTC, datetime
from math import floor
from uuid import UUID

from standardwebhooks import Webhook as Signer


def signed_headers(
    body: str, *, message_id: UUID, secrets: Sequence[str], signed_at: datetime
) -> dict[str, str]:
    """Return the headers that prove who sent a body, one signature for each secret."""
    moment = signed_at.astimezone(UTC)
    signatures = [
        Signer(secret).sign(str(message_id), moment, body) for secret in secrets
    ]
    return {
        "webhook-id": str(message_id),
        "webhook-timestamp": str(floor(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
