"""Receive webhooks: verify the signature, take each message once, answer at once.

    pip install standardwebhooks
    export WEBHOOK_SECRET=whsec_...          # shown once when the webhook was made
    python receive_webhook.py 8080

Without the package the standard library verifies: see `verified` below. While a secret
is rotated, name both: WEBHOOK_SECRET="whsec_new whsec_old".
"""

import base64
import hashlib
import hmac
import json
import os
import sqlite3
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE_SECONDS = 300
LONGEST_BODY = 100_000

try:
    from standardwebhooks import Webhook, WebhookVerificationError
except ImportError:
    Webhook = None


def verified(body: bytes, headers: dict, secrets: list) -> bool:
    """Tell whether one of the secrets signed the body, within the last minutes."""
    if Webhook is not None:
        return any(_verified_by_package(body, headers, secret) for secret in secrets)
    return verified_by_hand(body, headers, secrets)


def _verified_by_package(body: bytes, headers: dict, secret: str) -> bool:
    try:
        Webhook(secret).verify(body, headers)
    except (WebhookVerificationError, ValueError):
        return False
    return True


def verified_by_hand(body: bytes, headers: dict, secrets: list) -> bool:
    """Do the same with the standard library alone."""
    message_id = headers.get("webhook-id", "")
    moment = headers.get("webhook-timestamp", "")
    if not moment.isdigit() or abs(time.time() - int(moment)) > TOLERANCE_SECONDS:
        return False
    signed = f"{message_id}.{moment}.".encode() + body
    given = headers.get("webhook-signature", "").split()
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        digest = hmac.new(key, signed, hashlib.sha256).digest()
        wanted = "v1," + base64.b64encode(digest).decode()
        if any(hmac.compare_digest(wanted, one) for one in given):
            return True
    return False


class Inbox:
    """Messages to work on, each once: a message that comes again has the same id."""

    def __init__(self, path: str) -> None:
        self._path = path
        with self._open() as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS inbox (id TEXT PRIMARY KEY, body TEXT)"
            )

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=10)

    def keep(self, message_id: str, body: bytes) -> bool:
        """Keep a message; return whether it is new."""
        with self._open() as connection:
            kept = connection.execute(
                "INSERT OR IGNORE INTO inbox VALUES (?, ?)", (message_id, body.decode())
            )
        return kept.rowcount == 1


class Handler(BaseHTTPRequestHandler):
    """Answers within milliseconds; the work is done later, from the inbox."""

    secrets: list = []
    inbox: Inbox

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 < length <= LONGEST_BODY:
            return self._answer(413)
        body = self.rfile.read(length)
        headers = {name.lower(): value for name, value in self.headers.items()}
        if not verified(body, headers, self.secrets):
            return self._answer(401)
        if self.inbox.keep(headers["webhook-id"], body):
            self.work_on(json.loads(body))
        return self._answer(204)

    def work_on(self, message: dict) -> None:
        """Replace this: read the object by its id from the API, as it is now."""
        print(message["type"], json.dumps(message["data"]), flush=True)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Leave the log to the lines above."""


def serve(port: int, secrets: list, inbox: str) -> ThreadingHTTPServer:
    """Return a server that listens on this machine."""
    Handler.secrets, Handler.inbox = secrets, Inbox(inbox)
    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    serve(
        int(sys.argv[1]) if len(sys.argv) > 1 else 8080,
        os.environ["WEBHOOK_SECRET"].split(),
        os.environ.get("WEBHOOK_INBOX", "inbox.sqlite3"),
    ).serve_forever()
